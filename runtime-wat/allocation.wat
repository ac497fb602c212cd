;; New objects: instances by their class's format, the runtime's own Arrays, Strings and Floats, copies, CompiledMethods.
;; Fields start as nil or zero.

;; No single object may need more than this many bytes: engines trap on more, and a trap cannot be caught.
(global $largest_object i32 (i32.const 0x10000000))

;; A primitive fails with a code: the image sees the symbol from its error table.
(func $fail_with (param $code i32) (result eqref)
  (global.set $failure_code
    (call $slot_get (call $special_object (i32.const 51)) (i32.sub (local.get $code) (i32.const 1))))
  (global.get $failed))

(func $special_object (param $index i32) (result eqref)
  (if (i32.ge_u (local.get $index) (array.len (global.get $special_objects))) (then (return (ref.null eq))))
  (array.get $Slots (global.get $special_objects) (local.get $index)))

;; --- by class ---

;; Bytes of large objects since the host last looked at the memory. Many make the slice end early, so that it looks in time.
(global $large_bytes (mut i32) (i32.const 0))
(global $large_bytes_per_slice i32 (i32.const 0x4000000))

(func $count_large (param $bytes i32)
  (call $count_work (i32.shr_u (local.get $bytes) (i32.const 4)))
  (global.set $large_bytes (i32.add (global.get $large_bytes) (local.get $bytes)))
  (if (i32.gt_u (global.get $large_bytes) (global.get $large_bytes_per_slice))
    (then
      (global.set $large_bytes (i32.const 0))
      (return_call $end_slice))))

;; An instance of a class with $size indexable elements; $failed when the class has no such instances.
(func $new_instance (param $class eqref) (param $size i32) (result eqref)
  (local $spec i32) (local $named i32) (local $object (ref $Object))
  (local.set $spec (call $instance_spec (local.get $class)))
  (local.set $named (i32.and (local.get $spec) (i32.const 0xFFFF)))
  (local.set $spec (i32.and (i32.shr_u (local.get $spec) (i32.const 16)) (i32.const 31)))
  (if (i32.le_u (local.get $spec) (i32.const 1))
    (then
      (if (local.get $size) (then (return_call $fail_with (i32.const 2))))
      (local.set $object (call $new_fixed (local.get $named) (call $ensure_class_index (local.get $class))))
      (if (array.len (global.get $instance_lists)) (then (call $note_instance (local.get $object))))
      (return (local.get $object))))
  ;; Arrays and their like: most of the others
  (if (i32.and (i32.eq (local.get $spec) (i32.const 2)) (i32.lt_u (local.get $size) (i32.const 256)))
    (then (return (struct.new $Indexed (call $ensure_class_index (local.get $class)) (i32.const 0)
      (array.new_default $Slots (i32.add (local.get $named) (local.get $size)))))))
  (if (i32.gt_u (local.get $size) (i32.div_u (global.get $largest_object) (call $element_bytes (local.get $spec))))
    (then (return_call $fail_with (i32.const 9))))
  (if (i32.ge_u (local.get $size) (i32.const 256))
    (then (call $count_large (i32.mul (local.get $size) (call $element_bytes (local.get $spec))))))
  (if (i32.le_u (local.get $spec) (i32.const 5))
    (then (return_call $new_pointers (local.get $spec) (local.get $named)
      (call $ensure_class_index (local.get $class)) (local.get $size))))
  (return_call $new_bits (local.get $spec) (call $ensure_class_index (local.get $class)) (local.get $size)))

(func $element_bytes (param $spec i32) (result i32)
  (if (i32.le_u (local.get $spec) (i32.const 9)) (then (return (i32.const 8))))
  (if (i32.le_u (local.get $spec) (i32.const 11)) (then (return (i32.const 4))))
  (if (i32.le_u (local.get $spec) (i32.const 15)) (then (return (i32.const 2))))
  (i32.const 1))

;; Variable pointer shapes 2 to 5. Contexts and closures are variable classes with structs of their own.
(func $new_pointers (param $spec i32) (param $named i32) (param $classIndex i32) (param $size i32) (result eqref)
  (local $slots (ref $Slots))
  (if (i32.eq (local.get $spec) (i32.const 5))
    (then
      (if (local.get $size) (then (return_call $fail_with (i32.const 2))))
      (return_call $new_fixed (local.get $named) (local.get $classIndex))))
  (if (i32.eq (local.get $classIndex) (global.get $class_index_context))
    (then (return_call $new_context_instance (local.get $classIndex) (local.get $size))))
  (if (i32.eq (local.get $classIndex) (global.get $class_index_block_context))
    (then (return_call $new_block_context_instance (local.get $size))))
  (if (i32.or (i32.eq (local.get $classIndex) (global.get $class_index_block_closure))
        (i32.eq (local.get $classIndex) (global.get $class_index_full_block_closure)))
    (then (return_call $new_closure_instance (local.get $classIndex) (local.get $size))))
  ;; classes of clean blocks
  (if (i32.and (i32.eq (local.get $spec) (i32.const 3)) (i32.ge_u (local.get $named) (i32.const 4)))
    (then (if (call $inherits_from (call $class_at (local.get $classIndex)) (call $special_object (i32.const 36)))
      (then (return_call $new_closure_instance (local.get $classIndex)
        (i32.add (i32.sub (local.get $named) (i32.const 4)) (local.get $size)))))))
  (local.set $slots (array.new_default $Slots (i32.add (local.get $named) (local.get $size))))
  (if (result eqref) (i32.eq (local.get $spec) (i32.const 4))
    (then (call $new_weak (local.get $classIndex) (i32.const 0) (local.get $slots)))
    (else (struct.new $Indexed (local.get $classIndex) (i32.const 0) (local.get $slots)))))

;; Shapes without pointers; CompiledMethods come from $new_method alone.
(func $new_bits (param $spec i32) (param $classIndex i32) (param $size i32) (result eqref)
  (if (i32.eq (i32.and (local.get $spec) (i32.const 24)) (i32.const 16))
    (then (return_call $new_bytes (local.get $classIndex) (local.get $size))))
  (if (i32.eq (i32.and (local.get $spec) (i32.const 30)) (i32.const 10))
    (then
      (if (i32.eq (local.get $classIndex) (global.get $class_index_float))
        (then (return (struct.new $Float (local.get $classIndex) (i32.const 0) (f64.const 0)))))
      (return (struct.new $WordObject (local.get $classIndex) (i32.const 0)
        (array.new_default $Words (local.get $size))))))
  (if (i32.eq (i32.and (local.get $spec) (i32.const 28)) (i32.const 12))
    (then (return (struct.new $ShortObject (local.get $classIndex) (i32.const 0)
      (array.new_default $Shorts (local.get $size))))))
  (if (i32.eq (local.get $spec) (i32.const 9))
;;@if WORD64
    (then
      (if (i32.eq (local.get $classIndex) (global.get $class_index_float))
        (then (return (struct.new $Float (local.get $classIndex) (i32.const 0) (f64.const 0)))))
      (return (struct.new $DoubleWordObject (local.get $classIndex) (i32.const 0)
        (array.new_default $DoubleWords (local.get $size))))))
;;@else
    (then (return (struct.new $DoubleWordObject (local.get $classIndex) (i32.const 0)
      (array.new_default $DoubleWords (local.get $size))))))
;;@endif
  (return_call $fail_with (i32.const 2)))

;; A fixed-size object with $size slots; beyond what $Fixed structs hold, an $Indexed one.
(func $new_fixed (param $size i32) (param $classIndex i32) (result (ref $Object))
  (local $object (ref $Object))
  (local.set $object (block $done (result (ref $Object))
  block
;;@repeat 0 @MAX_FIXED
  block
;;@end
  local.get $size
  br_table
;;@repeat 0 @MAX_FIXED
  @n
;;@end
  41
;;@repeat 0 @MAX_FIXED
  end
  (br $done (struct.new_default $Fixed@n))
;;@end
  end
  (struct.new $Indexed (i32.const 0) (i32.const 0) (array.new_default $Slots (local.get $size)))))
;;@if INSTRUMENTED
  (drop (call $count_allocation (local.get $classIndex)))
;;@endif
  (struct.set $Object $classIndex (local.get $object) (local.get $classIndex))
  (local.get $object))

;; What `new` makes in translated code, while the class has the format that it had in the image and nobody has to be told
;; of instances; null otherwise.
;;@repeat 0 @MAX_FIXED
(func $instantiate_@n (param $class eqref) (param $format i32) (result eqref)
  (local $behavior (ref $Fixed3)) (local $index i32)
  (block $other (result eqref)
    (local.set $behavior (br_on_cast_fail $other eqref (ref $Fixed3) (local.get $class)))
    (local.set $index (i32.and (struct.get $Fixed3 $hash (local.get $behavior)) (i32.const 0x3FFFFF)))
    (drop (br_if $other (ref.null eq) (i32.or
      (i32.eqz (ref.eq (struct.get $Fixed3 $slot2 (local.get $behavior)) (ref.i31 (local.get $format))))
      (i32.or (array.len (global.get $instance_lists))
        (i32.ge_u (local.get $index) (global.get $class_table_size))))))
    (drop (br_if $other (ref.null eq)
      (i32.eqz (ref.eq (array.get $Slots (global.get $class_table) (local.get $index)) (local.get $class)))))
    (return (struct.new $Fixed@n (local.get $index) (i32.const 0) @each{(ref.null eq) })))
  (drop)
  (ref.null eq))
;;@end

;; --- the runtime's own ---

(func $new_array (param $size i32) (result (ref $Indexed))
  (struct.new $Indexed (global.get $class_index_array) (i32.const 0) (array.new_default $Slots (local.get $size))))

;; Takes over the slots.
(func $new_array_with (param $slots (ref $Slots)) (result (ref $Indexed))
  (struct.new $Indexed (global.get $class_index_array) (i32.const 0) (local.get $slots)))

(func $new_string (param $size i32) (result (ref $ByteObject))
  (return_call $new_bytes (global.get $class_index_string) (local.get $size)))

(func $new_bytes (param $classIndex i32) (param $size i32) (result (ref $ByteObject))
  (struct.new $ByteObject (local.get $classIndex) (i32.const 0) (array.new_default $Bytes (local.get $size))))

(func $new_float (param $value f64) (result (ref $Float))
  (struct.new $Float (call $float_class_of (local.get $value)) (i32.const 0) (local.get $value)))

(func $float_class_of (param $value f64) (result i32)
;;@if WORD64
  (select (i32.const 4) (global.get $class_index_float) (call $is_small_float (local.get $value))))
;;@else
  (global.get $class_index_float))
;;@endif

;; --- copies ---

;; A copy with the same slots and no identity hash.
;; Immediate values answer themselves.
(func $shallow_copy (param $value eqref) (result eqref)
  (local $copy eqref)
  (local.set $copy (call $copy_of (local.get $value)))
  (if (array.len (global.get $instance_lists))
    (then (if (i32.eqz (ref.eq (local.get $copy) (local.get $value)))
      (then (call $note_instance (ref.cast (ref $Object) (local.get $copy)))))))
  (local.get $copy))

(func $copy_of (param $value eqref) (result eqref)
  (local $index i32)
  (block $other (result eqref)
    (local.set $index (struct.get $Object $classIndex (br_on_cast_fail $other eqref (ref $Object) (local.get $value))))
    (block $not_fixed (result eqref)
      (return_call $copy_fixed
        (br_on_cast_fail $not_fixed eqref (ref $Fixed0) (local.get $value))
        (local.get $index)
        (i32.and (call $spec_of_index (local.get $index)) (i32.const 0xFFFF))))
    (drop)
    (if (ref.test (ref $Indexed) (local.get $value))
      (then (return_call $copy_indexed (ref.cast (ref $Indexed) (local.get $value)))))
    (if (ref.test (ref $ByteObject) (local.get $value))
      (then (return_call $copy_bytes (ref.cast (ref $ByteObject) (local.get $value)))))
    (return_call $copy_other (local.get $value))))

(func $copy_fixed (param $object (ref $Fixed0)) (param $classIndex i32) (param $size i32) (result eqref)
  block
;;@repeat 0 @MAX_FIXED
  block
;;@end
  local.get $size
  br_table
;;@repeat 0 @MAX_FIXED
  @n
;;@end
  41
;;@repeat 0 @MAX_FIXED
  end
  block (result (ref $Fixed0))
    (return_call $copy_fixed_@n (br_on_cast_fail 0 (ref $Fixed0) (ref $Fixed@n) (local.get $object)) (local.get $classIndex))
  end
  drop
  (return (global.get $failed))
;;@end
  end
  (global.get $failed))

;;@repeat 0 @MAX_FIXED
(func $copy_fixed_@n (param $object (ref $Fixed@n)) (param $classIndex i32) (result eqref)
  (if (global.get $float_slots) (then (call $disown_slots (local.get $object))))
  (struct.new $Fixed@n (local.get $classIndex) (i32.const 0) @each{(struct.get $Fixed@n $slot@i (local.get $object)) }))
;;@end

(func $copy_indexed (param $object (ref $Indexed)) (result eqref)
  (local $slots (ref $Slots)) (local $index i32)
  (call $strengthen (local.get $object))
  (call $count_work (i32.shr_u (array.len (struct.get $Indexed $slots (local.get $object))) (i32.const 1)))
  (local.set $slots (call $copy_slots (struct.get $Indexed $slots (local.get $object))))
  (local.set $index (struct.get $Indexed $classIndex (local.get $object)))
  (if (result eqref) (ref.test (ref $WeakIndexed) (local.get $object))
    (then (call $new_weak (local.get $index) (i32.const 0) (local.get $slots)))
    (else (struct.new $Indexed (local.get $index) (i32.const 0) (local.get $slots)))))

(func $copy_bytes (param $object (ref $ByteObject)) (result eqref)
  (call $count_work (i32.shr_u (array.len (struct.get $ByteObject $bytes (local.get $object))) (i32.const 4)))
  (struct.new $ByteObject (struct.get $ByteObject $classIndex (local.get $object)) (i32.const 0)
    (call $bytes_copy (struct.get $ByteObject $bytes (local.get $object)))))

(func $bytes_copy (param $bytes (ref $Bytes)) (result (ref $Bytes))
  (local $copy (ref $Bytes))
  (local.set $copy (array.new_default $Bytes (array.len (local.get $bytes))))
  (array.copy $Bytes $Bytes (local.get $copy) (i32.const 0) (local.get $bytes) (i32.const 0) (array.len (local.get $bytes)))
  (local.get $copy))

(func $words_copy (param $words (ref $Words)) (result (ref $Words))
  (local $copy (ref $Words))
  (local.set $copy (array.new_default $Words (array.len (local.get $words))))
  (array.copy $Words $Words (local.get $copy) (i32.const 0) (local.get $words) (i32.const 0) (array.len (local.get $words)))
  (local.get $copy))

(func $shorts_copy (param $shorts (ref $Shorts)) (result (ref $Shorts))
  (local $copy (ref $Shorts))
  (local.set $copy (array.new_default $Shorts (array.len (local.get $shorts))))
  (array.copy $Shorts $Shorts (local.get $copy) (i32.const 0) (local.get $shorts) (i32.const 0) (array.len (local.get $shorts)))
  (local.get $copy))

(func $double_words_copy (param $words (ref $DoubleWords)) (result (ref $DoubleWords))
  (local $copy (ref $DoubleWords))
  (local.set $copy (array.new_default $DoubleWords (array.len (local.get $words))))
  (array.copy $DoubleWords $DoubleWords (local.get $copy) (i32.const 0)
    (local.get $words) (i32.const 0) (array.len (local.get $words)))
  (local.get $copy))

(func $copy_other (param $value eqref) (result eqref)
  (local $index i32)
  (local.set $index (call $class_index_of (local.get $value)))
  (block $next (result eqref)
    (return (struct.new $WordObject (local.get $index) (i32.const 0) (call $words_copy
      (struct.get $WordObject $words (br_on_cast_fail $next eqref (ref $WordObject) (local.get $value)))))))
  (drop)
  (block $next (result eqref)
    (return (struct.new $Float (local.get $index) (i32.const 0)
      (struct.get $Float $value (br_on_cast_fail $next eqref (ref $Float) (local.get $value))))))
  (drop)
  (block $next (result eqref)
    (return (struct.new $ShortObject (local.get $index) (i32.const 0) (call $shorts_copy
      (struct.get $ShortObject $shorts (br_on_cast_fail $next eqref (ref $ShortObject) (local.get $value)))))))
  (drop)
  (block $next (result eqref)
    (return (struct.new $DoubleWordObject (local.get $index) (i32.const 0) (call $double_words_copy
      (struct.get $DoubleWordObject $doubleWords
        (br_on_cast_fail $next eqref (ref $DoubleWordObject) (local.get $value)))))))
  (drop)
  (block $next (result eqref)
    (return_call $copy_method (br_on_cast_fail $next eqref (ref $CompiledMethod) (local.get $value))))
  (drop)
  (block $next (result eqref)
    (return_call $copy_context (br_on_cast_fail $next eqref (ref $Context) (local.get $value))))
  (drop)
  (block $next (result eqref)
    (return_call $copy_closure (br_on_cast_fail $next eqref (ref $BlockClosure) (local.get $value))))
  (return))

;; --- CompiledMethods ---

(func $new_method (param $classIndex i32) (param $header i32) (param $size i32) (result (ref $CompiledMethod))
  (local $method (ref $CompiledMethod))
  (local.set $method (call $method_with (local.get $classIndex) (local.get $header)
    (array.new_default $Slots (call $literal_count (local.get $header)))
    (array.new_default $Bytes (local.get $size))))
  (if (array.len (global.get $instance_lists)) (then (call $note_instance (local.get $method))))
  (local.get $method))

(func $method_with (param $classIndex i32) (param $header i32) (param $literals (ref $Slots)) (param $bytes (ref $Bytes))
    (result (ref $CompiledMethod))
  (local $method (ref $CompiledMethod))
  (local.set $method (struct.new $CompiledMethod (local.get $classIndex) (i32.const 0) (local.get $header)
    (local.get $literals) (local.get $bytes) (i32.const 0) (i32.const 0) (i32.const 0) (i32.const 16) (i32.const -1)
    (i32.const 0) (i32.const 0) (i32.const -1) (ref.null $Words) (ref.null $Words)
;;@if INSTRUMENTED
    (ref.null $MethodProfile)
;;@endif
    ))
  (call $decode_method (local.get $method))
  (local.get $method))

;; The copy is a method of its own: the interpreter runs it.
(func $copy_method (param $method (ref $CompiledMethod)) (result (ref $CompiledMethod))
  (return_call $method_with (struct.get $CompiledMethod $classIndex (local.get $method))
    (struct.get $CompiledMethod $methodHeader (local.get $method))
    (call $copy_slots (struct.get $CompiledMethod $literals (local.get $method)))
    (call $bytes_copy (struct.get $CompiledMethod $bytes (local.get $method)))))

;; Renews what is derived from the header and the first bytecode.
(func $decode_method (param $method (ref $CompiledMethod))
  (local $header i32)
  (local.set $header (struct.get $CompiledMethod $methodHeader (local.get $method)))
  (struct.set $CompiledMethod $numArgs (local.get $method)
    (i32.and (i32.shr_u (local.get $header) (i32.const 24)) (i32.const 15)))
  (struct.set $CompiledMethod $numTemps (local.get $method)
    (i32.and (i32.shr_u (local.get $header) (i32.const 18)) (i32.const 63)))
  (struct.set $CompiledMethod $frameSize (local.get $method)
    (select (i32.const 56) (i32.const 16) (i32.and (local.get $header) (i32.const 0x20000))))
  (struct.set $CompiledMethod $primitive (local.get $method) (call $called_primitive (local.get $method)))
  (struct.set $CompiledMethod $namedPrimitive (local.get $method) (i32.const -1))
  (struct.set $CompiledMethod $selectorIds (local.get $method) (ref.null $Words)))

;; The callPrimitive bytecode that a method with the primitive flag begins with: 139, in the alternate set 248.
(func $called_primitive (param $method (ref $CompiledMethod)) (result i32)
  (local $bytes (ref $Bytes)) (local $header i32)
  (local.set $bytes (struct.get $CompiledMethod $bytes (local.get $method)))
  (local.set $header (struct.get $CompiledMethod $methodHeader (local.get $method)))
  (if (global.get $v3) (then (return_call $v3_primitive (local.get $header))))
  (if (i32.eqz (i32.and (local.get $header) (i32.const 0x10000))) (then (return (i32.const 0))))
  (if (i32.lt_u (array.len (local.get $bytes)) (i32.const 3)) (then (return (i32.const 0))))
  (if (i32.ne (array.get_u $Bytes (local.get $bytes) (i32.const 0))
        (select (i32.const 248) (i32.const 139) (i32.lt_s (local.get $header) (i32.const 0))))
    (then (return (i32.const 0))))
  (i32.or (array.get_u $Bytes (local.get $bytes) (i32.const 1))
    (i32.shl (array.get_u $Bytes (local.get $bytes) (i32.const 2)) (i32.const 8))))

;; The method's code no longer says what its bytecodes and literals say.
(func $forget_translation (param $method (ref $CompiledMethod))
  (call $forget_parked (local.get $method))
  (if (i32.or (struct.get $CompiledMethod $code (local.get $method))
        (i32.eqz (ref.is_null (struct.get $CompiledMethod $entries (local.get $method)))))
    (then
      (struct.set $CompiledMethod $code (local.get $method) (i32.const 0))
      (struct.set $CompiledMethod $entries (local.get $method) (ref.null $Words))
      (call $flush_method_caches))))
