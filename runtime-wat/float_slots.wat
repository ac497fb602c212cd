;; Floats that are changed in place. A Float is owned while one instance variable holds the only reference to it: the sign
;; bit of its class index says so. Runs of Float operations that store into that variable change its value; whatever reads
;; the variable as an object disowns the Float first, which is an ordinary one from then on.
;;
;; Only some instance variables may hold owned Floats, chosen when the image was translated: $declared_float_slots, which the
;; translator writes, gives those of a class that declares some, a bit by slot. Translated code disowns what it reads there
;; and nowhere else, so a method runs translated only where its receiver's class has the variables that it was translated
;; for. The constant $float_slots is 0 in modules without such variables.

;; By class index, once somebody asked: bit 31, and the slots. That never changes, so that what translated code was allowed
;; to rely on stays right when a class gets another superclass.
(global $float_slots_by_class (mut (ref $Words)) (global.get $no_words))

;; 0 from the time on when an object changed to a class with other such variables: activations of both may be running.
(global $owning (mut i32) (i32.const 1))

;; What a slot holds, as an object.
(func $handed_out (param $value eqref) (result eqref)
  (if (global.get $float_slots) (then (return_call $disowned (local.get $value))))
  (local.get $value))

(func $disowned (param $value eqref) (result eqref)
  (block $other (result eqref)
    (call $disown (br_on_cast_fail $other eqref (ref $Float) (local.get $value)))
    (local.get $value)))

(func $disown (param $float (ref $Float))
  (if (i32.lt_s (struct.get $Float $classIndex (local.get $float)) (i32.const 0))
    (then (struct.set $Float $classIndex (local.get $float) (call $float_class_of (struct.get $Float $value (local.get $float)))))))

;; What a run stores into a slot that holds no owned Float: one that the slot owns, if it may.
(func $float_for_slot (param $object (ref $Object)) (param $slot i32) (param $value f64) (result (ref $Float))
  (if (i32.and (global.get $owning)
        (i32.shr_u (call $float_slots_of (struct.get $Object $classIndex (local.get $object))) (local.get $slot)))
    (then (return (struct.new $Float (i32.const 0x80000000) (i32.const 0) (local.get $value)))))
  (return_call $new_float (local.get $value)))

;; Of instances of the class with that index.
(func $float_slots_of (param $index i32) (result i32)
  (local $known i32) (local $larger (ref $Words))
  (if (i32.ge_u (local.get $index) (array.len (global.get $float_slots_by_class)))
    (then
      (local.set $larger (array.new_default $Words (i32.add (local.get $index) (i32.const 1024))))
      (array.copy $Words $Words (local.get $larger) (i32.const 0)
        (global.get $float_slots_by_class) (i32.const 0) (array.len (global.get $float_slots_by_class)))
      (global.set $float_slots_by_class (local.get $larger))))
  (if (i32.eqz (local.tee $known (array.get $Words (global.get $float_slots_by_class) (local.get $index))))
    (then
      (local.set $known (i32.or (call $inherited_float_slots (call $class_at (local.get $index))) (i32.const 0x80000000)))
      (array.set $Words (global.get $float_slots_by_class) (local.get $index) (local.get $known))))
  (i32.and (local.get $known) (i32.const 0x7FFFFFFF)))

;; The nearest class that declares some tells of all above it, too.
(func $inherited_float_slots (param $class eqref) (result i32)
  (local $slots i32) (local $left i32)
  (local.set $left (i32.const 1000))
  (loop $up
    (if (local.tee $slots (call $declared_float_slots (local.get $class))) (then (return (local.get $slots))))
    (local.set $class (call $slot_get (local.get $class) (i32.const 0)))
    (br_if $up (i32.and (i32.eqz (ref.is_null (local.get $class)))
      (i32.ne (i32.const 0) (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))))
  (i32.const 0))

;; Whether a method with that required shape finds the variables in the object that it was translated for.
(func $has_float_slots (param $object eqref) (param $shape i32) (result i32)
  (i64.eqz (i64.and
    (i64.extend_i32_u (i32.xor (call $float_slots_of (call $class_index_of (local.get $object)))
      (i32.shr_u (local.get $shape) (i32.const 6))))
    (i64.sub (i64.shl (i64.const 1) (i64.extend_i32_u (i32.and (local.get $shape) (i32.const 63)))) (i64.const 1)))))

;; An object becomes an instance of another class.
(func $float_slots_change (param $old i32) (param $new i32)
  (if (i32.ne (call $float_slots_of (local.get $old)) (call $float_slots_of (local.get $new)))
    (then (global.set $owning (i32.const 0)))))

(func $disown_slots (param $value eqref)
  (local $object (ref $Fixed0)) (local $i i32)
  (block $none (result eqref)
    (local.set $object (br_on_cast_fail $none eqref (ref $Fixed0) (local.get $value)))
    (if (i32.eqz (call $float_slots_of (struct.get $Object $classIndex (local.get $object)))) (then (return)))
    (loop $next
      (drop (call $fixed_get (local.get $object) (local.get $i)))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40))))
    (return))
  (drop))
