;; The walk over everything reachable: the engine's garbage collector cannot enumerate objects or replace references, so the
;; runtime does. Only at depth 0 and in a retried primitive, when every activation is a Context in the heap.
;; Owns the mark byte of the hash field (bits 24-31): the number of the walk that visited an object last; 255 while the
;; object is to be replaced by another (become.wat), 254 on ephemerons that have fired while $collect walks (ephemerons.wat).

(type $Objects (array (mut (ref null $Object))))

(global $walk_mark (mut i32) (i32.const 0))                    ;; 1 .. 253; 254 and 0 while all marks are reset
(global $walk_list (mut (ref $Objects)) (array.new_fixed $Objects 0)) ;; the objects that are wanted, in the order they were met
(global $walk_count (mut i32) (i32.const 0))
(global $walk_stack (mut (ref $Objects)) (array.new_fixed $Objects 0)) ;; what is to be scanned: the last met is the next, near in memory
(global $walk_waiting (mut i32) (i32.const 0))
(global $walk_scanned (mut i32) (i32.const 0))                 ;; how many were
(global $walk_weakly (mut i32) (i32.const 0))                  ;; weak slots are not followed, ephemerons set aside

;; Which objects are wanted: all (WANT_ALL 0), instances of $walk_class (1), closures (2), weak objects (3), none (4).
(global $walk_wanted (mut i32) (i32.const 0))
(global $walk_class (mut eqref) (ref.null eq))

;; By class index: how its instances are scanned (KIND in bits 0-2), whether they are wanted (bit 7), named slots << 8.
;; KIND: 0 not looked at yet in this walk, 1 no pointers, 2 $Fixed, 3 $Indexed, 4 any other, 5 an ephemeron to be set aside.
(global $walk_kinds (mut (ref $Words)) (global.get $no_words))

;; Whether the heap may be walked: a primitive asks this first and starts a capture otherwise. A retried primitive runs
;; with nothing of its caller in locals of the interpreter.
(func $may_walk (param $receiver eqref) (param $depth i32) (result i32)
  (i32.and (i32.eqz (local.get $depth))
    (ref.eq (local.get $receiver) (global.get $retry_receiver))))

;; All reachable objects go to $walk_list.
(func $walk (param $weakly i32)
  (call $begin_walk (local.get $weakly) (ref.null eq))
  (return_call $walk_from_roots))

;; The instances of a class go to $walk_list.
(func $walk_for (param $class eqref)
  (call $begin_walk (i32.const 0) (local.get $class))
  (return_call $walk_from_roots))

;; Closures (2) or weak objects (3) go to $walk_list.
(func $walk_wanting (param $wanted i32) (param $weakly i32)
  (call $begin_walk (local.get $weakly) (ref.null eq))
  (global.set $walk_wanted (local.get $wanted))
  (return_call $walk_from_roots))

;; With a new mark; roots are to be visited next, then everything else by $finish_walk.
(func $begin_walk (param $weakly i32) (param $class eqref)
  (call $forget_settled)
  (return_call $begin_next_walk (local.get $weakly) (local.get $class)))

(func $begin_next_walk (param $weakly i32) (param $class eqref)
  (if (i32.ge_u (global.get $walk_mark) (i32.const 253)) (then (call $reset_marks)))
  (global.set $walk_mark (i32.add (global.get $walk_mark) (i32.const 1)))
  (return_call $prepare_walk (local.get $weakly) (local.get $class)))

(func $end_walk
  (array.fill $Objects (global.get $walk_list) (i32.const 0) (ref.null $Object) (global.get $walk_count))
  (global.set $walk_class (ref.null eq))
  (global.set $walk_count (i32.const 0)))

(func $walked (param $index i32) (result (ref $Object))
  (ref.as_non_null (array.get $Objects (global.get $walk_list) (local.get $index))))

;; Every reachable object gets the mark 254, then the mark 0.
(func $reset_marks
  (call $forget_settled)
  (call $prepare_walk (i32.const 0) (ref.null eq))
  (global.set $walk_wanted (i32.const 4))
  (global.set $walk_mark (i32.const 254))
  (call $walk_from_roots)
  (call $prepare_walk (i32.const 0) (ref.null eq))
  (global.set $walk_wanted (i32.const 4))
  (global.set $walk_mark (i32.const 0))
  (return_call $walk_from_roots))

(func $prepare_walk (param $weakly i32) (param $class eqref)
  (call $strengthen_all)
  (global.set $enumerated (global.get $empty_slots))
  (global.set $walk_weakly (local.get $weakly))
  (global.set $walk_class (local.get $class))
  (global.set $walk_wanted (i32.eqz (ref.is_null (local.get $class))))
  (global.set $walk_count (i32.const 0))
  (global.set $walk_waiting (i32.const 0))
  (global.set $walk_kinds (array.new_default $Words (global.get $class_table_size))))

(func $walk_from_roots
  (call $visit_replaced_roots)
  (call $visit_roots)
  (return_call $finish_walk))

(func $finish_walk
  (call $walk_chunk)
  (loop $next
    (call $walk_chunk)
    (br_if $next (global.get $walk_waiting))))

;; Scans some of the objects that wait. In chunks, and called from two places so that it stays a function of its own: an
;; engine can then go over to its better code for it during the first walk.
(func $walk_chunk
  (local $left i32) (local $object (ref $Object))
  (local.set $left (i32.const 256))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (global.get $walk_waiting)))
      (global.set $walk_waiting (i32.sub (global.get $walk_waiting) (i32.const 1)))
      (local.set $object
        (ref.as_non_null (array.get $Objects (global.get $walk_stack) (global.get $walk_waiting))))
      (array.set $Objects (global.get $walk_stack) (global.get $walk_waiting) (ref.null $Object))
      (call $scan (local.get $object))
      (if (global.get $settling) (then (call $settle (local.get $object))))
      (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1))))))
  (global.set $walk_scanned (i32.add (global.get $walk_scanned) (i32.sub (i32.const 256) (local.get $left)))))

;; The class table is no root: a class lives by its instances, its subclasses and its name.
(func $visit_roots
  (global.set $special_objects_array (call $visit (global.get $special_objects_array)))
  (drop (call $visit (global.get $true)))
  (drop (call $visit (global.get $false)))
  (drop (call $visit (call $class_at (global.get $class_index_small_integer))))
  (drop (call $visit (call $class_at (global.get $class_index_character))))
;;@if WORD64
  (drop (call $visit (call $class_at (i32.const 4))))
;;@endif
  (drop (call $visit (call $class_at (global.get $class_index_nil))))
  (if (i32.eqz (ref.eq (global.get $retry_receiver) (global.get $unwind)))
    (then (global.set $retry_receiver (call $visit (global.get $retry_receiver)))))
  (call $scan_slots (global.get $retry_arguments) (i32.const 0) (array.len (global.get $retry_arguments)))
  (drop (call $visit (global.get $active_context)))
  (drop (call $visit (global.get $return_home)))
  (drop (call $visit (global.get $return_through)))
  (drop (call $visit (global.get $primitive_method)))
  (global.set $next_process (call $visit (global.get $next_process)))
  (call $scan_slots (global.get $mourners) (i32.const 0) (global.get $mourner_count))
  (return_call $visit_tables))

;; The tables of translated code are settled with the rest, but for new selectors.
(func $visit_tables
  (if (global.get $settled_mark)
    (then (return_call $scan_slots (global.get $selectors) (global.get $settled_selectors) (global.get $selector_count))))
  (call $scan_slots (global.get $literals) (i32.const 0) (array.len (global.get $literals)))
  (call $scan_slots (global.get $selectors) (i32.const 0) (global.get $selector_count))
  (return_call $visit_methods))

(func $visit_methods
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (global.get $methods))))
      (drop (call $visit (array.get $Methods (global.get $methods) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; Notes a reference; answers what it should be from now on: the same, or what its object has become.
(func $visit (param $value eqref) (result eqref)
  (local $object (ref $Object)) (local $mark i32)
  (block $no_object (result eqref)
    (local.set $object (br_on_cast_fail $no_object eqref (ref $Object) (local.get $value)))
    (local.set $mark (i32.shr_u (struct.get $Object $hash (local.get $object)) (i32.const 24)))
    (if (i32.eq (local.get $mark) (global.get $walk_mark)) (then (return (local.get $value))))
    (return_call $visit_unmarked (local.get $object) (local.get $mark))))

;; Immediates are no objects to Smalltalk; neither are the runtime's own three.
(func $visit_unmarked (param $object (ref $Object)) (param $mark i32) (result eqref)
  (if (global.get $float_slots) (then (drop (call $disowned (local.get $object)))))
  (if (i32.ge_u (local.get $mark) (i32.const 254))
    (then
      (if (i32.eq (local.get $mark) (i32.const 255)) (then (return_call $visit_replacement (local.get $object))))
      (if (global.get $walk_weakly) (then (call $meet_fired (local.get $object))))))
  (if (i32.and (i32.eq (local.get $mark) (global.get $settled_mark)) (i32.ne (local.get $mark) (i32.const 0)))
    (then (return (local.get $object))))
  (if (i32.eqz (struct.get $Object $classIndex (local.get $object))) (then (return (local.get $object))))
;;@if WORD64
  (if (i32.le_u (struct.get $Object $classIndex (local.get $object)) (i32.const 4))
;;@else
  (if (i32.eq (struct.get $Object $classIndex (local.get $object))
        (select (i32.const 0) (global.get $class_index_character) (global.get $v3)))
;;@endif
    (then (return (local.get $object))))
  (struct.set $Object $hash (local.get $object)
    (i32.or (i32.and (struct.get $Object $hash (local.get $object)) (i32.const 0xFFFFFF))
      (i32.shl (global.get $walk_mark) (i32.const 24))))
  (call $meet (local.get $object))
  (local.get $object))

;; An object that is met for the first time: listed if it is wanted, to be scanned if there is something to scan.
(func $meet (param $object (ref $Object))
  (local $kind i32)
  (local.set $kind (call $walk_kind (struct.get $Object $classIndex (local.get $object))))
  (if (i32.and (local.get $kind) (i32.const 128))
    (then (call $append_walked (local.get $object)))
    (else (if (i32.and (i32.eq (i32.and (global.get $walk_wanted) (i32.const 6)) (i32.const 2))
            (i32.gt_u (i32.and (local.get $kind) (i32.const 7)) (i32.const 2)))
      (then (call $append_if_wanted (local.get $object))))))
  (if (i32.ne (i32.and (local.get $kind) (i32.const 7)) (i32.const 1))
    (then
      (global.set $walk_stack (call $with_object_room (global.get $walk_stack) (global.get $walk_waiting)))
      (array.set $Objects (global.get $walk_stack) (global.get $walk_waiting) (local.get $object))
      (global.set $walk_waiting (i32.add (global.get $walk_waiting) (i32.const 1))))))

(func $append_if_wanted (param $object (ref $Object))
  (if (if (result i32) (i32.eq (global.get $walk_wanted) (i32.const 2))
        (then (ref.test (ref $BlockClosure) (local.get $object)))
        (else (ref.test (ref $WeakIndexed) (local.get $object))))
    (then (call $append_walked (local.get $object)))))

(func $append_walked (param $object (ref $Object))
  (global.set $walk_list (call $with_object_room (global.get $walk_list) (global.get $walk_count)))
  (array.set $Objects (global.get $walk_list) (global.get $walk_count) (local.get $object))
  (global.set $walk_count (i32.add (global.get $walk_count) (i32.const 1))))

;; The list, or a larger copy when $count entries fill it.
(func $with_object_room (param $list (ref $Objects)) (param $count i32) (result (ref $Objects))
  (local $larger (ref $Objects))
  (if (i32.lt_u (local.get $count) (array.len (local.get $list))) (then (return (local.get $list))))
  (local.set $larger (array.new_default $Objects (i32.add (i32.const 4096) (i32.shl (local.get $count) (i32.const 1)))))
  (array.copy $Objects $Objects (local.get $larger) (i32.const 0) (local.get $list) (i32.const 0) (local.get $count))
  (local.get $larger))

;; --- one object ---

(func $walk_kind (param $index i32) (result i32)
  (local $kind i32)
  (if (i32.lt_u (local.get $index) (array.len (global.get $walk_kinds)))
    (then (if (local.tee $kind (array.get $Words (global.get $walk_kinds) (local.get $index)))
      (then (return (local.get $kind))))))
  (return_call $find_walk_kind (local.get $index)))

(func $scan (param $object (ref $Object))
  (local $kind i32) (local $slots (ref $Slots))
  (local.set $kind (call $walk_kind (struct.get $Object $classIndex (local.get $object))))
  (block $other (result (ref $Object))
    (block $indexed
      (block $fixed
        (block $nothing
          (block $any
            (block $ephemeron
              (br_table $any $nothing $fixed $indexed $any $ephemeron $any
                (i32.and (local.get $kind) (i32.const 7))))
            (return_call $meet_ephemeron (local.get $object)))
          (br $other (local.get $object)))
        (return))
      (return_call $scan_fixed (br_on_cast_fail $other (ref $Object) (ref $Fixed0) (local.get $object))
        (i32.shr_u (local.get $kind) (i32.const 8))))
    (local.set $slots (struct.get $Indexed $slots
      (br_on_cast_fail $other (ref $Object) (ref $Indexed) (local.get $object))))
    (return_call $scan_slots (local.get $slots) (i32.const 0) (array.len (local.get $slots))))
  (return_call $scan_other))

;; The class is visited with the first of its instances.
(func $find_walk_kind (param $index i32) (result i32)
  (local $class eqref) (local $spec i32) (local $shape i32) (local $kind i32)
  (local.set $class (call $visit (call $class_at (local.get $index))))
  (local.set $spec (call $instance_spec (local.get $class)))
  (local.set $shape (i32.and (i32.shr_u (local.get $spec) (i32.const 16)) (i32.const 31)))
  (local.set $kind (i32.const 4))
  (if (i32.or (i32.le_u (local.get $shape) (i32.const 1)) (i32.eq (local.get $shape) (i32.const 5)))
    (then (local.set $kind (i32.const 2))))
  (if (i32.and (i32.eq (local.get $shape) (i32.const 5)) (global.get $walk_weakly)) (then (local.set $kind (i32.const 5))))
  (if (i32.or (i32.eq (local.get $shape) (i32.const 2)) (i32.eq (local.get $shape) (i32.const 3)))
    (then (local.set $kind (i32.const 3))))
  (if (i32.and (i32.ge_u (local.get $shape) (i32.const 9)) (i32.lt_u (local.get $shape) (i32.const 24)))
    (then (local.set $kind (i32.const 1))))
  (local.set $kind (i32.or (local.get $kind)
    (i32.shl (i32.and (local.get $spec) (i32.const 0xFFFF)) (i32.const 8))))
  (if (i32.or (i32.eqz (global.get $walk_wanted))
        (i32.and (i32.eq (global.get $walk_wanted) (i32.const 1)) (ref.eq (local.get $class) (global.get $walk_class))))
    (then (local.set $kind (i32.or (local.get $kind) (i32.const 128)))))
  (if (i32.lt_u (local.get $index) (array.len (global.get $walk_kinds)))
    (then (array.set $Words (global.get $walk_kinds) (local.get $index) (local.get $kind))))
  (local.get $kind))

;; Weak objects, methods, Contexts, closures, and whatever is not what its class says.
(func $scan_other (param $object (ref $Object))
  (local $indexed (ref $Indexed))
  (block $not_indexed (result (ref $Object))
    (local.set $indexed (br_on_cast_fail $not_indexed (ref $Object) (ref $Indexed) (local.get $object)))
    (if (i32.and (global.get $walk_weakly) (ref.test (ref $WeakIndexed) (local.get $indexed)))
      (then (return_call $scan_slots (struct.get $Indexed $slots (local.get $indexed)) (i32.const 0)
        (call $named_slots (local.get $object)))))
    (return_call $scan_slots (struct.get $Indexed $slots (local.get $indexed)) (i32.const 0)
      (array.len (struct.get $Indexed $slots (local.get $indexed)))))
  (drop)
  (block $not_method (result (ref $Object))
    (return_call $scan_method (br_on_cast_fail $not_method (ref $Object) (ref $CompiledMethod) (local.get $object))))
  (drop)
  (block $not_context (result (ref $Object))
    (return_call $scan_context (br_on_cast_fail $not_context (ref $Object) (ref $Context) (local.get $object))))
  (drop)
  (block $not_closure (result (ref $Object))
    (return_call $scan_closure (br_on_cast_fail $not_closure (ref $Object) (ref $BlockClosure) (local.get $object))))
  (drop)
  (block $not_fixed (result (ref $Object))
    (return_call $scan_by_number (br_on_cast_fail $not_fixed (ref $Object) (ref $Fixed0) (local.get $object))))
  (drop))

(func $scan_slots (param $slots (ref $Slots)) (param $from i32) (param $to i32)
  (local $old eqref) (local $new eqref)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $from) (local.get $to)))
      (local.set $old (array.get $Slots (local.get $slots) (local.get $from)))
      (local.set $new (call $visit (local.get $old)))
      (if (i32.eqz (ref.eq (local.get $old) (local.get $new)))
        (then (array.set $Slots (local.get $slots) (local.get $from) (local.get $new))))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next))))

;; An object with more slots than its class says, or fewer, is scanned slot by slot.
(func $scan_fixed (param $object (ref $Fixed0)) (param $size i32)
  block
;;@repeat 0 39
  block
;;@end
  local.get $size
  br_table
;;@repeat 0 39
  @n
;;@end
  40
;;@repeat 0 39
  end
  (if (i32.eqz (ref.test (ref $Fixed@+) (local.get $object)))
    (then
      (block $smaller (result (ref $Fixed0))
        (return_call $scan_fixed_@n (br_on_cast_fail $smaller (ref $Fixed0) (ref $Fixed@n) (local.get $object))))
      (drop)))
  (return_call $scan_by_number (local.get $object))
;;@end
  end
  (return_call $scan_by_number (local.get $object)))

;;@repeat 0 39
(func $scan_fixed_@n (param $object (ref $Fixed@n))
  (local $old eqref) (local $new eqref)
  @each{(local.set $new (call $visit (local.tee $old (struct.get $Fixed@n $slot@i (local.get $object)))))
  (if (i32.eqz (ref.eq (local.get $old) (local.get $new)))
    (then (struct.set $Fixed@n $slot@i (local.get $object) (local.get $new))))
  })
;;@end

(func $scan_by_number (param $object (ref $Fixed0))
  (local $i i32) (local $old eqref) (local $new eqref)
  (loop $next
    (local.set $old (call $fixed_get (local.get $object) (local.get $i)))
    (local.set $new (call $visit (local.get $old)))
    (if (i32.eqz (ref.eq (local.get $old) (local.get $new)))
      (then (call $fixed_put (local.get $object) (local.get $i) (local.get $new))))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40)))))

(func $scan_method (param $method (ref $CompiledMethod))
  (call $scan_slots (struct.get $CompiledMethod $literals (local.get $method)) (i32.const 0)
    (array.len (struct.get $CompiledMethod $literals (local.get $method)))))

;; Slots above the stack pointer are dead.
(func $scan_context (param $context (ref $Context))
  (local $slots (ref $Slots)) (local $sp i32)
  (struct.set $Context $sender (local.get $context) (call $visit (struct.get $Context $sender (local.get $context))))
  (struct.set $Context $closure (local.get $context) (call $visit (struct.get $Context $closure (local.get $context))))
  (struct.set $Context $receiver (local.get $context) (call $visit (struct.get $Context $receiver (local.get $context))))
  (if (global.get $v3) (then (call $scan_block_home (struct.get $Context $closure (local.get $context)))))
  (block $no_method (result eqref)
    (struct.set $Context $method (local.get $context)
      (br_on_cast_fail $no_method eqref (ref $CompiledMethod)
        (call $visit (struct.get $Context $method (local.get $context)))))
    (ref.null eq))
  (drop)
  (local.set $slots (struct.get $Context $slots (local.get $context)))
  (local.set $sp (struct.get $Context $sp (local.get $context)))
  (if (i32.gt_u (local.get $sp) (array.len (local.get $slots)))
    (then (local.set $sp (array.len (local.get $slots)))))
  (call $scan_slots (local.get $slots) (i32.const 0) (local.get $sp)))

(func $scan_block_home (param $closure eqref)
  (local $block (ref $BlockHome))
  (block $other (result eqref)
    (local.set $block (br_on_cast_fail $other eqref (ref $BlockHome) (local.get $closure)))
    (struct.set $BlockHome $home (local.get $block) (call $visit (struct.get $BlockHome $home (local.get $block))))
    (return))
  (drop))

(func $scan_closure (param $closure (ref $BlockClosure))
  (local $outer eqref)
  (local.set $outer (struct.get $BlockClosure $outer (local.get $closure)))
  (call $scan_slots (struct.get $BlockClosure $copied (local.get $closure)) (i32.const 0)
    (array.len (struct.get $BlockClosure $copied (local.get $closure))))
  (block $no_token (result eqref)
    (return_call $scan_token (local.get $closure)
      (br_on_cast_fail $no_token eqref (ref $FrameToken) (local.get $outer))))
  (drop)
  (if (ref.test (ref $FullBlock) (local.get $outer))
    (then (return_call $scan_full_block (local.get $closure) (ref.cast (ref $FullBlock) (local.get $outer)))))
  (struct.set $BlockClosure $outer (local.get $closure) (call $visit (local.get $outer))))

(func $scan_full_block (param $closure (ref $BlockClosure)) (param $full (ref $FullBlock))
  (struct.set $FullBlock $receiver (local.get $full) (call $visit (struct.get $FullBlock $receiver (local.get $full))))
  (block $no_method (result eqref)
    (struct.set $FullBlock $method (local.get $full)
      (br_on_cast_fail $no_method eqref (ref $CompiledMethod)
        (call $visit (struct.get $FullBlock $method (local.get $full)))))
    (ref.null eq))
  (drop)
  (block $no_token (result eqref)
    (return_call $scan_full_token (local.get $closure) (local.get $full)
      (br_on_cast_fail $no_token eqref (ref $FrameToken) (struct.get $FullBlock $outer (local.get $full)))))
  (drop)
  (struct.set $FullBlock $outer (local.get $full) (call $visit (struct.get $FullBlock $outer (local.get $full)))))

(func $scan_full_token (param $closure (ref $BlockClosure)) (param $full (ref $FullBlock)) (param $token (ref $FrameToken))
  (if (i32.or (call $is_replaced (struct.get $FrameToken $receiver (local.get $token)))
        (call $is_replaced (struct.get $FrameToken $method (local.get $token))))
    (then
      (struct.set $FullBlock $outer (local.get $full) (call $visit (call $outer_context (local.get $closure))))
      (return)))
  (call $visit_token (local.get $token)))

;; A token's own fields do not change: where one of them is to be replaced, its Context takes its place.
(func $scan_token (param $closure (ref $BlockClosure)) (param $token (ref $FrameToken))
  (if (i32.or (call $is_replaced (struct.get $FrameToken $receiver (local.get $token)))
        (call $is_replaced (struct.get $FrameToken $method (local.get $token))))
    (then
      (struct.set $BlockClosure $outer (local.get $closure) (call $visit (call $outer_context (local.get $closure))))
      (return)))
  (call $visit_token (local.get $token)))

(func $visit_token (param $token (ref $FrameToken))
  (drop (call $visit (struct.get $FrameToken $context (local.get $token))))
  (drop (call $visit (struct.get $FrameToken $receiver (local.get $token))))
  (drop (call $visit (struct.get $FrameToken $method (local.get $token))))
  (drop (call $visit (struct.get $FrameToken $closure (local.get $token))))
  (block $no_token (result eqref)
    (return_call $visit_token
      (br_on_cast_fail $no_token eqref (ref $FrameToken)
        (call $outer_activation (struct.get $FrameToken $home (local.get $token))))))
  (drop (call $visit)))
