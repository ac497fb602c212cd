;; What the interpreter's loop does rarely or wants to keep out of its own function: captures, non-local returns,
;; messages for doesNotUnderstand:, selectors of literals, Float arithmetic, at: on the commonest classes.

;; --- captures ---

;; A native call answered $unwind, or the interpreter began a capture itself: this invocation's Contexts join the captured ones.
;; $pc and $sp: the state that re-executes the current bytecode.
(func $capture_interpreter (param $context (ref $Context)) (param $pc i32) (param $sp i32) (param $depth i32)
    (result eqref)
  (local $bottom (ref $Context))
  (if (ref.is_null (global.get $captured_top))
    (then
      (global.set $captured_top (local.get $context))
      (if (global.get $unwind_pushes)
        (then
          (global.set $unwind_pushes (i32.const 0))
          (call $context_push (local.get $context) (global.get $unwind_value)))
        (else
          (if (ref.is_null (global.get $retry_method))
            (then
              (struct.set $Context $pc (local.get $context) (local.get $pc))
              (struct.set $Context $sp (local.get $context) (local.get $sp)))))))
    (else
      (if (i32.eqz (ref.eq (call $captured_last) (local.get $context)))
        (then (struct.set $Context $sender (call $captured_last) (local.get $context))))))
  (call $clear_dead_slots (local.get $context))
  (local.set $bottom (local.get $context))
  (if (local.get $depth)
    (then
      (block $base (result eqref)
        (loop $down
          (local.set $bottom (br_on_cast_fail $base eqref (ref $Context)
            (struct.get $Context $sender (local.get $bottom))))
          (br $down))
        (unreachable))
      (drop)))
  (if (i32.eqz (ref.eq (local.get $bottom) (global.get $captured_top)))
    (then (global.set $captured_bottom (local.get $bottom))))
  (global.get $unwind))

;; The stack above $sp may still hold what the last send popped; an activation that waits is not to keep that alive.
(func $clear_dead_slots (param $context (ref $Context))
  (local $slots (ref $Slots)) (local $i i32) (local $end i32)
  (local.set $slots (struct.get $Context $slots (local.get $context)))
  (local.set $i (struct.get $Context $sp (local.get $context)))
  (local.set $end (i32.add (local.get $i) (i32.const 16)))
  (if (i32.gt_u (local.get $end) (array.len (local.get $slots)))
    (then (local.set $end (array.len (local.get $slots)))))
  (loop $next
    (if (i32.lt_u (local.get $i) (local.get $end))
      (then
        (if (i32.eqz (ref.is_null (array.get $Slots (local.get $slots) (local.get $i))))
          (then (array.set $Slots (local.get $slots) (local.get $i) (ref.null eq))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))))

;; --- returns ---

(global $return_home (mut (ref null $Context)) (ref.null $Context))      ;; the Context whose sender gets the value
(global $return_through (mut (ref null $Context)) (ref.null $Context))   ;; the unwind-marked Context in between

;; `^` in a block. 0: every Context above the home has returned, $return_home is set; 1: the home cannot be returned from;
;; 2: the answer needs all Contexts in the heap; 3: $return_through must be unwound first.
(func $find_return (param $context (ref $Context)) (param $depth i32) (result i32)
  (local $home (ref null $Context)) (local $next (ref $Context)) (local $hopeless i32)
  (local.set $hopeless (select (i32.const 2) (i32.const 1) (local.get $depth)))
  (global.set $return_through (ref.null $Context))
  (local.set $home (call $home_context (struct.get $Context $closure (local.get $context))))
  (if (ref.is_null (local.get $home)) (then (return (local.get $hopeless))))
  (if (i32.lt_s (struct.get $Context $pc (local.get $home)) (i32.const 0)) (then (return (local.get $hopeless))))
  (local.set $next (local.get $context))
  (block $found
    (block $end (result eqref)
      (loop $down
        (local.set $next (br_on_cast_fail $end eqref (ref $Context) (struct.get $Context $sender (local.get $next))))
        (if (i32.eq (struct.get $CompiledMethod $primitive (struct.get $Context $method (local.get $next))) (i32.const 198))
          (then (if (ref.is_null (global.get $return_through)) (then (global.set $return_through (local.get $next))))))
        (br_if $found (ref.eq (local.get $next) (local.get $home)))
        (br $down))
      (unreachable))
    (drop)
    (return (local.get $hopeless)))
  (if (i32.eqz (ref.is_null (global.get $return_through)))
    (then (return (select (i32.const 2) (i32.const 3) (local.get $depth)))))
  (if (i32.eqz (call $can_return_to (struct.get $Context $sender (local.get $home))))
    (then (return (local.get $hopeless))))
  (call $discard_contexts (local.get $context) (ref.as_non_null (local.get $home)))
  (global.set $return_home (local.get $home))
  (i32.const 0))

;; Marks the Contexts from $context down to, but without, $home as returned.
(func $discard_contexts (param $context (ref $Context)) (param $home (ref $Context))
  (local $next (ref $Context))
  (loop $down
    (if (i32.eqz (ref.eq (local.get $context) (local.get $home)))
      (then
        (local.set $next (ref.cast (ref $Context) (struct.get $Context $sender (local.get $context))))
        (struct.set $Context $sender (local.get $context) (ref.null eq))
        (struct.set $Context $pc (local.get $context) (i32.const -1))
        (local.set $context (local.get $next))
        (br $down)))))

(func $can_return_to (param $sender eqref) (result i32)
  (block $other (result eqref)
    (return (i32.ge_s
      (struct.get $Context $pc (br_on_cast_fail $other eqref (ref $Context) (local.get $sender))) (i32.const 0))))
  (return (ref.eq (global.get $native_sender))))

;; The method's own activation that a closure belongs to; null when it never became a Context.
(func $home_context (param $closure eqref) (result (ref null $Context))
  (local $outer eqref) (local $context (ref $Context))
  (if (global.get $v3)
    (then (if (ref.test (ref $BlockHome) (local.get $closure)) (then (return_call $home_of_block (local.get $closure))))))
  (loop $outward
    (block $no_closure (result eqref)
      (local.set $outer (call $outer_activation (struct.get $BlockClosure $outer
        (br_on_cast_fail $no_closure eqref (ref $BlockClosure) (local.get $closure)))))
      (block $no_context (result eqref)
        (local.set $context (br_on_cast_fail $no_context eqref (ref $Context) (call $context_of_outer (local.get $outer))))
        (local.set $closure (struct.get $Context $closure (local.get $context)))
        (br_if $outward (i32.eqz (ref.is_null (local.get $closure))))
        (return (local.get $context)))
      (drop)
      ;; A block's activation that left no Context still leads on to its method's.
      (local.set $closure (call $closure_of_token (local.get $outer)))
      (br $outward))
    (drop))
  (ref.null $Context))

(func $home_of_block (param $closure eqref) (result (ref null $Context))
  (block $none (result eqref)
    (return (br_on_cast_fail $none eqref (ref $Context)
      (struct.get $BlockHome $home (ref.cast (ref $BlockHome) (local.get $closure))))))
  (drop)
  (ref.null $Context))

(func $context_of_outer (param $outer eqref) (result eqref)
  (block $other (result eqref)
    (return (struct.get $FrameToken $context (br_on_cast_fail $other eqref (ref $FrameToken) (local.get $outer))))))

(func $closure_of_token (param $outer eqref) (result eqref)
  (block $other (result eqref)
    (return (struct.get $FrameToken $closure (br_on_cast_fail $other eqref (ref $FrameToken) (local.get $outer)))))
  (drop)
  (ref.null eq))

;; --- sends ---

(func $literal_selector (param $method (ref $CompiledMethod)) (param $index i32) (result i32)
  (local $ids (ref null $Words)) (local $id i32)
  (local.set $ids (struct.get $CompiledMethod $selectorIds (local.get $method)))
  (if (i32.eqz (ref.is_null (local.get $ids)))
    (then
      (local.set $id (array.get $Words (local.get $ids) (local.get $index)))
      (if (local.get $id) (then (return (i32.sub (local.get $id) (i32.const 1)))))))
  (return_call $literal_selector_slow (local.get $method) (local.get $index)))

(func $literal_selector_slow (param $method (ref $CompiledMethod)) (param $index i32) (result i32)
  (local $id i32)
  (if (ref.is_null (struct.get $CompiledMethod $selectorIds (local.get $method)))
    (then (struct.set $CompiledMethod $selectorIds (local.get $method)
      (array.new_default $Words (array.len (struct.get $CompiledMethod $literals (local.get $method)))))))
  (local.set $id (call $selector_id
    (array.get $Slots (struct.get $CompiledMethod $literals (local.get $method)) (local.get $index))))
  (array.set $Words (struct.get $CompiledMethod $selectorIds (local.get $method)) (local.get $index)
    (i32.add (local.get $id) (i32.const 1)))
  (local.get $id))

(func $special_argument_count (param $index i32) (result i32)
  (return_call $small_or
    (array.get $Slots
      (struct.get $Indexed $slots (ref.cast (ref $Indexed) (array.get $Slots (global.get $special_objects) (i32.const 23))))
      (i32.add (i32.shl (local.get $index) (i32.const 1)) (i32.const 1)))
    (i32.const 0)))

;; A CompiledBlock's last literal is the method or block around it.
(func $home_method (param $method (ref $CompiledMethod)) (result (ref $CompiledMethod))
  (local $literals (ref $Slots))
  (block $home (result eqref)
    (loop $outward
      (local.set $literals (struct.get $CompiledMethod $literals (local.get $method)))
      (if (i32.eqz (array.len (local.get $literals))) (then (return (local.get $method))))
      (local.set $method (br_on_cast_fail $home eqref (ref $CompiledMethod)
        (array.get $Slots (local.get $literals) (i32.sub (array.len (local.get $literals)) (i32.const 1)))))
      (br $outward))
    (unreachable))
  (drop)
  (local.get $method))

;; Where a super send in this method starts: its last literal is the association of its class.
(func $superclass_index (param $method (ref $CompiledMethod)) (result i32)
  (local $literals (ref $Slots))
  (local.set $literals (struct.get $CompiledMethod $literals (call $home_method (local.get $method))))
  (return_call $ensure_class_index
    (call $slot_get
      (call $slot_get
        (array.get $Slots (local.get $literals) (i32.sub (array.len (local.get $literals)) (i32.const 1)))
        (i32.const 1))
      (i32.const 0))))

;; The argument of doesNotUnderstand:.
(func $message_for (param $selector i32) (param $slots (ref $Slots)) (param $first i32) (param $count i32)
    (param $classIndex i32) (result eqref)
  (return_call $new_message (array.get $Slots (global.get $selectors) (local.get $selector))
    (call $part_of (local.get $slots) (local.get $first) (local.get $count))
    (array.get $Slots (global.get $class_table) (local.get $classIndex))))

(func $part_of (param $slots (ref $Slots)) (param $first i32) (param $count i32) (result (ref $Slots))
  (local $part (ref $Slots))
  (if (i32.eqz (local.get $count)) (then (return (array.new_fixed $Slots 0))))
  (local.set $part (array.new_default $Slots (local.get $count)))
  (array.copy $Slots $Slots (local.get $part) (i32.const 0) (local.get $slots) (local.get $first) (local.get $count))
  (local.get $part))

(func $array_of (param $slots (ref $Slots)) (param $first i32) (param $count i32) (result eqref)
  (return_call $new_array_with (call $part_of (local.get $slots) (local.get $first) (local.get $count))))

;; The elements when it is an Array, else null.
(func $array_contents (param $array eqref) (result (ref null $Slots))
  (local $indexed (ref $Indexed))
  (block $other (result eqref)
    (local.set $indexed (br_on_cast_fail $other eqref (ref $Indexed) (local.get $array)))
    (if (i32.ne (struct.get $Indexed $classIndex (local.get $indexed)) (global.get $class_index_array))
      (then (return (ref.null $Slots))))
    (return (struct.get $Indexed $slots (local.get $indexed))))
  (drop)
  (ref.null $Slots))

(func $inherits_from (param $class eqref) (param $ancestor eqref) (result i32)
  (loop $up
    (if (ref.is_null (local.get $class)) (then (return (i32.const 0))))
    (if (ref.eq (local.get $class) (local.get $ancestor)) (then (return (i32.const 1))))
    (local.set $class (call $slot_get (local.get $class) (i32.const 0)))
    (br $up))
  (unreachable))

;; How many bytes of it the interpreter has read: SistaV1's bytecodes have 256 added, three bytes from 248, two from 224.
(func $unknown_length (param $byte i32) (result i32)
  (if (i32.or (i32.lt_u (local.get $byte) (i32.const 480)) (i32.gt_u (local.get $byte) (i32.const 508)))
    (then (return (i32.const 1))))
  (select (i32.const 3) (i32.const 2) (i32.ge_u (local.get $byte) (i32.const 504))))

;; Before Spur no bytecode calls the primitive: a store that begins the method takes the failure code, into the last temporary.
(func $note_failure (param $method (ref $CompiledMethod)) (param $frame (ref $Slots))
  (local $bytes (ref $Bytes))
  (if (ref.is_null (global.get $failure_code)) (then (return)))
  (if (i32.eqz (struct.get $CompiledMethod $primitive (local.get $method))) (then (return)))
  (local.set $bytes (struct.get $CompiledMethod $bytes (local.get $method)))
  (if (array.len (local.get $bytes))
    (then
      (if (i32.eq (array.get_u $Bytes (local.get $bytes) (i32.const 0)) (i32.const 129))
        (then (array.set $Slots (local.get $frame)
          (i32.sub (struct.get $CompiledMethod $numTemps (local.get $method)) (i32.const 1)) (global.get $failure_code))))))
  (global.set $failure_code (ref.null eq)))

;; --- operands ---

(func $not_identical (param $slots (ref $Slots)) (param $index i32) (result eqref)
  (select (result eqref) (global.get $false) (global.get $true)
;;@if WORD64
    (call $identical
;;@else
    (ref.eq
;;@endif
      (array.get $Slots (local.get $slots) (local.get $index))
      (array.get $Slots (local.get $slots) (i32.add (local.get $index) (i32.const 1))))))

;; Element of a temp vector, value of an association.
(func $element_get (param $vector eqref) (param $index i32) (result eqref)
  (local $slots (ref $Slots))
  (block $other (result eqref)
    (local.set $slots (struct.get $Indexed $slots (br_on_cast_fail $other eqref (ref $Indexed) (local.get $vector))))
    (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
      (then (return (array.get $Slots (local.get $slots) (local.get $index)))))
    (return (ref.null eq)))
  (return_call $slot_get (local.get $index)))

(func $element_put (param $vector eqref) (param $index i32) (param $value eqref)
  (local $slots (ref $Slots))
  (block $other (result eqref)
    (local.set $slots (struct.get $Indexed $slots (br_on_cast_fail $other eqref (ref $Indexed) (local.get $vector))))
    (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
      (then (array.set $Slots (local.get $slots) (local.get $index) (local.get $value))))
    (return))
  (return_call $slot_put (local.get $index) (local.get $value)))

(func $literal_variable (param $association eqref) (result eqref)
  (block $other (result eqref)
    (return_call $handed_out
      (struct.get $Fixed2 $slot1 (br_on_cast_fail $other eqref (ref $Fixed2) (local.get $association)))))
  (return_call $slot_get (i32.const 1)))

;; Instance variables that are certain only when every activation is a Context in the heap: pc and stack pointer of a Context that
;; may be running natively, and outerContext. A Context that Smalltalk can see has all its senders in the heap.
(func $needs_capture (param $receiver eqref) (param $index i32) (result i32)
  (block $other (result eqref)
    (return (i32.and (i32.lt_u (i32.sub (local.get $index) (i32.const 1)) (i32.const 2))
      (call $may_run_natively (br_on_cast_fail $other eqref (ref $Context) (local.get $receiver))))))
  (drop)
  (if (local.get $index) (then (return (i32.const 0))))
  (block $other (result eqref)
    (return_call $is_native_activation (call $outer_activation
      (struct.get $BlockClosure $outer (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $receiver))))))
  (drop)
  (i32.const 0))

;; A token without a Context: the frame may still be there.
(func $is_native_activation (param $activation eqref) (result i32)
  (block $other (result eqref)
    (return (ref.is_null (struct.get $FrameToken $context
      (br_on_cast_fail $other eqref (ref $FrameToken) (local.get $activation))))))
  (drop)
  (i32.const 0))

;; Only a new sender takes effect in a Context whose activation goes on with what it has read before. $index beyond the
;; instance variables: no store into one.
(func $store_needs_capture (param $receiver eqref) (param $index i32) (result i32)
  (i32.and (i32.lt_u (i32.sub (local.get $index) (i32.const 1)) (i32.const 5))
    (ref.test (ref $Context) (local.get $receiver))))

;; Whether the Context's own slots may be out of date: its activation goes on natively, behind one of its method's entries.
(func $may_run_natively (param $context (ref $Context)) (result i32)
  (if (ref.is_null (struct.get $CompiledMethod $entries (struct.get $Context $method (local.get $context))))
    (then (return (i32.const 0))))
  (if (global.get $v3) (then (return (i32.const 1))))
  (return_call $is_youngest_of_some (local.get $context)))

(func $plain_array_contents (param $array eqref) (result (ref null $Slots))
  (local $indexed (ref $Indexed))
  (block $other (result eqref)
    (local.set $indexed (br_on_cast_fail $other eqref (ref $Indexed) (local.get $array)))
    (if (i32.eqz (call $is_plain_array (struct.get $Indexed $classIndex (local.get $indexed))))
      (then (return (ref.null $Slots))))
    (return (struct.get $Indexed $slots (local.get $indexed))))
  (drop)
  (ref.null $Slots))

(func $quick_at (param $receiver eqref) (param $key eqref) (result eqref)
  (local $index i32) (local $slots (ref null $Slots)) (local $string (ref $ByteObject))
  (local.set $index (i32.sub (call $small_or (local.get $key) (i32.const 0)) (i32.const 1)))
  (local.set $slots (call $plain_array_contents (local.get $receiver)))
  (if (i32.eqz (ref.is_null (local.get $slots)))
    (then
      (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
        (then (return (array.get $Slots (local.get $slots) (local.get $index)))))
      (return (global.get $failed))))
  (block $other (result eqref)
    (local.set $string (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $receiver)))
    (if (i32.eqz (call $is_plain_string (struct.get $ByteObject $classIndex (local.get $string))))
      (then (return (global.get $failed))))
    (if (i32.lt_u (local.get $index) (array.len (struct.get $ByteObject $bytes (local.get $string))))
      (then (return_call $byte_character
        (array.get_u $Bytes (struct.get $ByteObject $bytes (local.get $string)) (local.get $index)))))
    (return (global.get $failed)))
  (drop)
  (global.get $failed))

(func $quick_at_put (param $receiver eqref) (param $key eqref) (param $value eqref) (result eqref)
  (local $index i32) (local $array (ref $Indexed))
  (local.set $index (i32.sub (call $small_or (local.get $key) (i32.const 0)) (i32.const 1)))
  (block $other (result eqref)
    (local.set $array (br_on_cast_fail $other eqref (ref $Indexed) (local.get $receiver)))
    (if (i32.or
          (i32.eqz (call $is_plain_array (struct.get $Indexed $classIndex (local.get $array))))
          (i32.and (struct.get $Indexed $hash (local.get $array)) (i32.const 0x400000)))
      (then (return (global.get $failed))))
    (if (i32.ge_u (local.get $index) (array.len (struct.get $Indexed $slots (local.get $array))))
      (then (return (global.get $failed))))
    (array.set $Slots (struct.get $Indexed $slots (local.get $array)) (local.get $index) (local.get $value))
    (return (local.get $value)))
  (drop)
  (global.get $failed))

(func $quick_size (param $receiver eqref) (result eqref)
  (local $slots (ref null $Slots)) (local $string (ref $ByteObject))
  (local.set $slots (call $plain_array_contents (local.get $receiver)))
  (if (i32.eqz (ref.is_null (local.get $slots))) (then (return (ref.i31 (array.len (local.get $slots))))))
  (block $other (result eqref)
    (local.set $string (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $receiver)))
    (if (call $is_plain_string (struct.get $ByteObject $classIndex (local.get $string)))
      (then (return (ref.i31 (array.len (struct.get $ByteObject $bytes (local.get $string)))))))
    (return (global.get $failed)))
  (drop)
  (global.get $failed))

;; --- Floats in arithmetic bytecodes ---

;;@if WORD64
(func $is_number (param $value eqref) (result i32)
  (return_call $is_real (local.get $value)))

(func $number_value (param $value eqref) (result f64)
  (return_call $real (local.get $value)))
;;@else
(func $is_number (param $value eqref) (result i32)
  (i32.or (ref.test (ref i31) (local.get $value)) (ref.test (ref $Float) (local.get $value))))

(func $number_value (param $value eqref) (result f64)
  (block $other (result eqref)
    (return (f64.convert_i32_s (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $value))))))
  (drop)
  (struct.get $Float $value (ref.cast (ref $Float) (local.get $value))))
;;@endif

;; Operation 0 .. 9 of the arithmetic bytecodes where at least one operand is a Float; $failed otherwise.
(func $float_operation (param $operation i32) (param $left eqref) (param $right eqref) (result eqref)
  (local $a f64) (local $b f64)
  (if (i32.or (i32.gt_u (local.get $operation) (i32.const 9))
        (i32.eqz (i32.or (ref.test (ref $Float) (local.get $left)) (ref.test (ref $Float) (local.get $right)))))
    (then (return (global.get $failed))))
  (if (i32.eqz (i32.and (call $is_number (local.get $left)) (call $is_number (local.get $right))))
    (then (return (global.get $failed))))
  (local.set $a (call $number_value (local.get $left)))
  (local.set $b (call $number_value (local.get $right)))
  (block $divide (block $times (block $ne (block $eq (block $ge (block $le (block $gt (block $lt (block $minus (block $plus
    (br_table $plus $minus $lt $gt $le $ge $eq $ne $times $divide (local.get $operation)))
    (return_call $new_float (f64.add (local.get $a) (local.get $b))))
    (return_call $new_float (f64.sub (local.get $a) (local.get $b))))
    (return_call $as_bool (f64.lt (local.get $a) (local.get $b))))
    (return_call $as_bool (f64.gt (local.get $a) (local.get $b))))
    (return_call $as_bool (f64.le (local.get $a) (local.get $b))))
    (return_call $as_bool (f64.ge (local.get $a) (local.get $b))))
    (return_call $as_bool (f64.eq (local.get $a) (local.get $b))))
    (return_call $as_bool (f64.ne (local.get $a) (local.get $b))))
    (return_call $new_float (f64.mul (local.get $a) (local.get $b))))
  (if (f64.eq (local.get $b) (f64.const 0)) (then (return (global.get $failed))))
  (return_call $new_float (f64.div (local.get $a) (local.get $b))))

;; --- named primitives ---

(global $primitive_names (mut (ref $Bytes)) (global.get $empty_bytes))

;; Index of the primitive that the first literal #(module name session index) names; -2: none such.
(func $resolve_named_primitive (param $method (ref $CompiledMethod)) (result i32)
  (local $literals (ref $Slots)) (local $name (ref null $Slots))
  (local.set $literals (struct.get $CompiledMethod $literals (local.get $method)))
  (if (i32.eqz (array.len (local.get $literals))) (then (return (i32.const -2))))
  (local.set $name (call $array_contents (array.get $Slots (local.get $literals) (i32.const 0))))
  (if (ref.is_null (local.get $name)) (then (return (i32.const -2))))
  (if (i32.lt_u (array.len (local.get $name)) (i32.const 2)) (then (return (i32.const -2))))
  (return_call $named_primitive_index (array.get $Slots (local.get $name) (i32.const 0))
    (array.get $Slots (local.get $name) (i32.const 1))))

(func $bytes_of (param $object eqref) (result (ref $Bytes))
  (block $other (result eqref)
    (return (struct.get $ByteObject $bytes (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $object)))))
  (drop)
  (global.get $empty_bytes))

;; The names stand one after the other, each ended by a zero: Module_name.
(func $named_primitive_index (param $module eqref) (param $name eqref) (result i32)
  (local $names (ref $Bytes)) (local $at i32) (local $index i32) (local $size i32)
  (local $moduleBytes (ref $Bytes)) (local $nameBytes (ref $Bytes))
  (if (i32.eqz (array.len (global.get $primitive_names)))
    (then (global.set $primitive_names
      (array.new_data $Bytes $named_primitive_names (i32.const 0) (global.get $named_primitive_names_size)))))
  (local.set $names (global.get $primitive_names))
  (local.set $moduleBytes (call $bytes_of (local.get $module)))
  (local.set $nameBytes (call $bytes_of (local.get $name)))
  (local.set $size (i32.add (array.len (local.get $moduleBytes)) (i32.add (array.len (local.get $nameBytes)) (i32.const 1))))
  (loop $next
    (if (i32.ge_u (local.get $index) (global.get $named_primitive_count)) (then (return (i32.const -2))))
    (if (call $named_so (local.get $names) (local.get $at) (local.get $moduleBytes) (local.get $nameBytes))
      (then (return (local.get $index))))
    (loop $skip
      (local.set $at (i32.add (local.get $at) (i32.const 1)))
      (br_if $skip (array.get_u $Bytes (local.get $names) (i32.sub (local.get $at) (i32.const 1)))))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br $next))
  (unreachable))

(func $named_so (param $names (ref $Bytes)) (param $at i32) (param $module (ref $Bytes)) (param $name (ref $Bytes))
    (result i32)
  (local $end i32)
  (local.set $end (i32.add (local.get $at) (array.len (local.get $module))))
  (if (i32.ge_u (i32.add (i32.add (local.get $end) (array.len (local.get $name))) (i32.const 1))
        (array.len (local.get $names)))
    (then (return (i32.const 0))))
  (if (i32.eqz (call $same_bytes (local.get $names) (local.get $at) (local.get $module))) (then (return (i32.const 0))))
  (if (i32.ne (array.get_u $Bytes (local.get $names) (local.get $end)) (i32.const 0x5F)) (then (return (i32.const 0))))
  (local.set $end (i32.add (local.get $end) (i32.const 1)))
  (if (i32.eqz (call $same_bytes (local.get $names) (local.get $end) (local.get $name))) (then (return (i32.const 0))))
  (i32.eqz (array.get_u $Bytes (local.get $names) (i32.add (local.get $end) (array.len (local.get $name))))))

(func $same_bytes (param $names (ref $Bytes)) (param $at i32) (param $bytes (ref $Bytes)) (result i32)
  (local $i i32)
  (loop $next
    (if (i32.ge_u (local.get $i) (array.len (local.get $bytes))) (then (return (i32.const 1))))
    (if (i32.ne (array.get_u $Bytes (local.get $bytes) (local.get $i))
          (array.get_u $Bytes (local.get $names) (i32.add (local.get $at) (local.get $i))))
      (then (return (i32.const 0))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br $next))
  (unreachable))

;; --- helpers of single bytecodes ---

(func $floored_remainder (param $a i32) (param $b i32) (result i32)
  (local $remainder i32)
  (local.set $remainder (i32.rem_s (local.get $a) (local.get $b)))
  (if (i32.and (i32.ne (local.get $remainder) (i32.const 0))
        (i32.lt_s (i32.xor (local.get $remainder) (local.get $b)) (i32.const 0)))
    (then (return (i32.add (local.get $remainder) (local.get $b)))))
  (local.get $remainder))

;; Code of the on-stack replacement entry at this loop head, 0 when there is none to use.
(func $loop_entry (param $method (ref $CompiledMethod)) (param $receiver eqref) (param $pc i32) (result i32)
  (if (i32.eqz (call $may_run_translated (local.get $method) (local.get $receiver))) (then (return (i32.const 0))))
  (return_call $entry_code (local.get $method) (i32.or (i32.shl (local.get $pc) (i32.const 1)) (i32.const 1))))

;; Selector id of what perform: was given; -1 when that is no selector, or one of a method with another argument count.
(func $performed_selector (param $selector eqref) (param $classIndex i32) (param $count i32) (result i32)
  (local $id i32)
  (if (i32.eqz (ref.test (ref $Object) (local.get $selector))) (then (return (i32.const -1))))
  (local.set $id (call $selector_id (local.get $selector)))
  (block $no_method (result eqref)
    (return (select (local.get $id) (i32.const -1) (i32.eq (local.get $count)
      (struct.get $CompiledMethod $numArgs
        (br_on_cast_fail $no_method eqref (ref $CompiledMethod)
          (call $method_for (local.get $classIndex) (local.get $id))))))))
  (drop)
  (local.get $id))

(func $takes_arguments (param $method eqref) (param $count i32) (result i32)
  (block $other (result eqref)
    (return (i32.eq (local.get $count)
      (struct.get $CompiledMethod $numArgs (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $method))))))
  (drop)
  (i32.const 0))

(func $closure_takes (param $closure eqref) (param $count i32) (result i32)
  (local $block (ref $BlockClosure))
  (block $other (result eqref)
    (local.set $block (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $closure)))
    (return (i32.and (i32.eq (local.get $count) (struct.get $BlockClosure $numArgs (local.get $block)))
      (i32.eqz (ref.is_null (struct.get $BlockClosure $outer (local.get $block)))))))
  (drop)
  (i32.const 0))

;; Replaces the operands above the receiver at $base by the elements of an Array.
(func $spread (param $context (ref $Context)) (param $base i32) (param $elements (ref $Slots)) (result (ref $Slots))
  (local $slots (ref $Slots))
  (local.set $slots (call $ensure_room (local.get $context) (i32.add (local.get $base) (i32.const 1))
    (array.len (local.get $elements))))
  (array.copy $Slots $Slots (local.get $slots) (i32.add (local.get $base) (i32.const 1))
    (local.get $elements) (i32.const 0) (array.len (local.get $elements)))
  (local.get $slots))
