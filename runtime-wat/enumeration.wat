;; Everything that asks for all objects or all instances, and the garbage collections that the image can ask for: the engine
;; collects by itself; what is left to do is to fire ephemerons, clear weak slots and forget unused classes.

;; The objects that nextInstance and nextObject go through, and where they are.
(global $enumerated (mut (ref $Slots)) (global.get $empty_slots))
(global $enumerated_at (mut i32) (i32.const 0))

(func $all_instances (param $class eqref) (result (ref $Slots))
  (local $shape i32) (local $found (ref $Slots))
  (local.set $shape (i32.and (i32.const 31) (i32.shr_u (call $instance_spec (local.get $class)) (i32.const 16))))
  ;; a class of immediates, or no class at all
  (if (i32.eq (local.get $shape) (i32.const 7)) (then (return (global.get $empty_slots))))
  (if (call $has_instance_list (local.get $class)) (then (return_call $listed_instances (local.get $class))))
  (call $walk_for (local.get $class))
  (local.set $found (call $take_walked))
  (call $keep_instances (local.get $class) (local.get $found))
  (local.get $found))

;; Whether the instances can be had now: without a walk, or because the heap may be walked.
(func $may_enumerate (param $class eqref) (param $depth i32) (result i32)
  (i32.or (call $has_instance_list (local.get $class)) (call $may_walk (local.get $class) (local.get $depth))))

(func $all_objects (result (ref $Slots))
  (call $walk (i32.const 0))
  (return_call $take_walked))

(func $take_walked (result (ref $Slots))
  (local $all (ref $Slots))
  (local.set $all (array.new_default $Slots (global.get $walk_count)))
  (array.copy $Slots $Objects (local.get $all) (i32.const 0) (global.get $walk_list) (i32.const 0) (global.get $walk_count))
  (call $end_walk)
  (local.get $all))

;; allInstances of a class; with an argument the class is that (mirrors).
(func $primitive_177 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $may_enumerate (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (return_call $new_array_with (call $all_instances (local.get $receiver))))

(func $primitive_178 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $may_walk (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (return_call $new_array_with (call $all_objects)))

;; someInstance
(func $primitive_77 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $may_enumerate (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (global.set $enumerated (call $all_instances (local.get $receiver)))
  (global.set $enumerated_at (i32.const 0))
  (if (i32.eqz (array.len (global.get $enumerated))) (then (return (global.get $failed))))
  (array.get $Slots (global.get $enumerated) (i32.const 0)))

;; someObject
(func $primitive_138 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $may_walk (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (global.set $enumerated (call $all_objects))
  (global.set $enumerated_at (i32.const 0))
  (array.get $Slots (global.get $enumerated) (i32.const 0)))

;; The position after an object in the current enumeration, -1 when it is not in there.
(func $position_after (param $object eqref) (result i32)
  (local $i i32)
  (local.set $i (global.get $enumerated_at))
  (if (i32.lt_u (local.get $i) (array.len (global.get $enumerated)))
    (then (if (ref.eq (array.get $Slots (global.get $enumerated) (local.get $i)) (local.get $object))
      (then (return (i32.add (local.get $i) (i32.const 1)))))))
  (local.set $i (i32.const 0))
  (block $missing
    (loop $next
      (br_if $missing (i32.ge_u (local.get $i) (array.len (global.get $enumerated))))
      (if (ref.eq (array.get $Slots (global.get $enumerated) (local.get $i)) (local.get $object))
        (then (return (i32.add (local.get $i) (i32.const 1)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (i32.const -1))

;; The object after $object among all that have the class; $end after the last one.
(func $next_enumerated (param $object eqref) (param $class eqref) (param $end eqref) (param $depth i32) (result eqref)
  (local $position i32)
  (local.set $position (call $position_after (local.get $object)))
  (if (i32.lt_s (local.get $position) (i32.const 0))
    (then
      (if (i32.eqz (call $may_walk (local.get $object) (local.get $depth)))
        (then (return_call $begin_capture_again (local.get $object) (global.get $empty_slots))))
      (global.set $enumerated (if (result (ref $Slots)) (ref.is_null (local.get $class))
        (then (call $all_objects))
        (else (call $all_instances (local.get $class)))))
      (local.set $position (call $position_after (local.get $object)))))
  (if (i32.or (i32.lt_s (local.get $position) (i32.const 0))
        (i32.ge_u (local.get $position) (array.len (global.get $enumerated))))
    (then
      (global.set $enumerated (global.get $empty_slots))
      (return (local.get $end))))
  (global.set $enumerated_at (local.get $position))
  (array.get $Slots (global.get $enumerated) (local.get $position)))

;; nextInstance: fails after the last
(func $primitive_78 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_heap_object (local.get $receiver))) (then (return (global.get $failed))))
  (return_call $next_enumerated (local.get $receiver) (call $class_of (local.get $receiver)) (global.get $failed)
    (local.get $depth)))

;; nextObject: 0 after the last
(func $primitive_139 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_heap_object (local.get $receiver))) (then (return (global.get $failed))))
  (return_call $next_enumerated (local.get $receiver) (ref.null eq) (ref.i31 (i32.const 0)) (local.get $depth)))

;; Neither nil nor immediate.
(func $is_heap_object (param $value eqref) (result i32)
;;@if WORD64
  (if (call $is_immediate_number (local.get $value)) (then (return (i32.const 0))))
;;@endif
  (i32.and (ref.test (ref $Object) (local.get $value)) (i32.eqz (ref.test (ref $Character) (local.get $value)))))

;; SmallIntegers, immediate Floats, and Characters where they are no objects.
(func $is_immediate (param $value eqref) (result i32)
  (if (ref.is_null (local.get $value)) (then (return (i32.const 0))))
  (if (i32.and (global.get $v3) (ref.test (ref $Character) (local.get $value))) (then (return (i32.const 0))))
  (i32.eqz (call $is_heap_object (local.get $value))))

;; --- garbage collection ---

;; Ephemerons fire, what only weak slots hold goes, and classes that nothing uses leave the class table.
(func $collect
  (call $forget_instances)
  (call $begin_walk (i32.const 1) (ref.null eq))
  (global.set $walk_wanted (i32.const 3))
  (call $mark_fired)
  (call $walk_from_roots)
  (call $walk_ephemerons)
  (call $clear_weak_slots)
  (call $forget_classes)
  (call $end_walk)
  (return_call $flush_method_caches))

;; garbageCollect
(func $primitive_130 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $may_walk (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (call $collect)
  (ref.i31 (global.get $free_bytes)))

;; A program that makes and removes classes all the time does not fill the table. At depth 0.
(func $review_classes
  (call $forget_instances)
  (call $walk_wanting (i32.const 4) (i32.const 0))
  (call $forget_classes)
  (call $end_walk)
  (call $flush_method_caches))

(func $primitive_131 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_130 (local.get $receiver) (local.get $depth)))

(func $is_reached (param $value eqref) (result i32)
  (block $no_object (result eqref)
    (if (i32.eqz (call $is_heap_object (local.get $value))) (then (return (i32.const 1))))
    (return (i32.eq (global.get $walk_mark) (i32.shr_u
      (struct.get $Object $hash (br_on_cast_fail $no_object eqref (ref $Object) (local.get $value)))
      (i32.const 24)))))
  (drop)
  (i32.const 1))

;; Weak slots whose objects nothing else holds become nil; then the image's finalisation is due.
(func $clear_weak_slots
  (local $i i32) (local $object (ref $WeakIndexed))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $walk_count)))
      (local.set $object (ref.cast (ref $WeakIndexed) (call $walked (local.get $i))))
      (call $clear_weak (struct.get $WeakIndexed $slots (local.get $object)) (call $named_slots (local.get $object)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $clear_weak (param $slots (ref $Slots)) (param $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $slots))))
      (if (i32.eqz (call $is_reached (array.get $Slots (local.get $slots) (local.get $i))))
        (then
          (array.set $Slots (local.get $slots) (local.get $i) (ref.null eq))
          (global.set $finalization_pending (i32.const 1))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; The walk visited the class of every object it met: other entries of the class table are of no use.
(func $forget_classes
  (local $i i32)
  (global.set $classes_entered (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (global.get $class_table_size)))
      (if (i32.eqz (call $is_reached (array.get $Slots (global.get $class_table) (local.get $i))))
        (then (array.set $Slots (global.get $class_table) (local.get $i) (ref.null eq))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))
