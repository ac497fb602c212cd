;; Objects that must not be changed: bit 22 of the hash field. Primitives that store refuse them with the error code "no
;; modification"; stores by bytecode send attemptToAssign:withIndex: (special object 50) to them. Only images that have such
;; objects, or a method that makes some, are translated with the checks; then the linker sets $immutability to 1. In all
;; others the primitive that would make an object immutable fails.

;; isReadOnlyObject: immediate objects are
(func $primitive_163 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_heap_object (local.get $receiver)))
    (then (return_call $as_bool (i32.eqz (ref.is_null (local.get $receiver))))))
  (return_call $as_bool (call $is_immutable (local.get $receiver))))

;; setIsReadOnlyObject: answers what it was before
(func $primitive_164 (param $receiver eqref) (param $readOnly eqref) (param $depth i32) (result eqref)
  (local $object (ref $Object)) (local $old i32)
  (if (i32.eqz (call $is_boolean (local.get $readOnly))) (then (return_call $fail_with (i32.const 3))))
  (if (i32.eqz (call $can_be_immutable (local.get $receiver))) (then (return_call $fail_with (i32.const 6))))
  (if (i32.eqz (global.get $immutability))
    (then (if (ref.eq (local.get $readOnly) (global.get $true)) (then (return_call $fail_with (i32.const 7))))))
  (local.set $object (ref.cast (ref $Object) (local.get $receiver)))
  (local.set $old (struct.get $Object $hash (local.get $object)))
  (struct.set $Object $hash (local.get $object)
    (i32.or (i32.and (local.get $old) (i32.const 0xFFBFFFFF))
      (i32.shl (ref.eq (local.get $readOnly) (global.get $true)) (i32.const 22))))
  (return_call $as_bool (i32.and (i32.const 1) (i32.shr_u (local.get $old) (i32.const 22)))))

;; Not what the virtual machine itself has to change: activations, weak objects and those of the scheduler; nor true and
;; false, which are shared with translated code.
(func $can_be_immutable (param $value eqref) (result i32)
  (local $index i32)
  (if (i32.eqz (call $is_heap_object (local.get $value))) (then (return (i32.const 0))))
  (if (i32.or (ref.test (ref $Context) (local.get $value)) (ref.test (ref $WeakIndexed) (local.get $value)))
    (then (return (i32.const 0))))
  (local.set $index (call $class_index_of (local.get $value)))
  (if (i32.eq (i32.and (i32.shr_u (call $spec_of_index (local.get $index)) (i32.const 16)) (i32.const 31)) (i32.const 5))
    (then (return (i32.const 0))))
  (if (i32.or (i32.eq (local.get $index) (global.get $class_index_semaphore))
        (i32.eq (local.get $index) (global.get $class_index_process)))
    (then (return (i32.const 0))))
  (i32.eqz (i32.or (call $is_boolean (local.get $value)) (call $is_of_scheduler (local.get $value) (local.get $index)))))

(func $is_of_scheduler (param $value eqref) (param $classIndex i32) (result i32)
  (local $lists eqref)
  (local.set $lists (call $slot_get (call $scheduler) (i32.const 0)))
  (i32.or (ref.eq (local.get $value) (local.get $lists))
    (i32.or (ref.eq (local.get $value) (call $scheduler))
      (i32.eq (local.get $classIndex) (call $class_index_of (call $slot_get (local.get $lists) (i32.const 0)))))))
