;; Two-way become: of objects with structs of one type: their contents change places, every reference stays. Identity hashes
;; stay with the references then, as they have to.

(func $can_swap_all (param $from eqref) (param $to eqref) (result i32)
  (local $a (ref $Slots)) (local $b (ref $Slots)) (local $i i32)
  (local.set $a (call $slots_of (local.get $from)))
  (local.set $b (call $slots_of (local.get $to)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $a))))
      (if (i32.eqz (call $can_swap
            (ref.cast (ref $Object) (array.get $Slots (local.get $a) (local.get $i)))
            (ref.cast (ref $Object) (array.get $Slots (local.get $b) (local.get $i)))))
        (then (return (i32.const 0))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (i32.const 1))

(func $can_swap (param $a (ref $Object)) (param $b (ref $Object)) (result i32)
  (if (ref.test (ref $Indexed) (local.get $a))
    (then (return (i32.and (ref.test (ref $Indexed) (local.get $b))
      (i32.eq (ref.test (ref $WeakIndexed) (local.get $a)) (ref.test (ref $WeakIndexed) (local.get $b)))))))
  (if (ref.test (ref $Fixed0) (local.get $a))
    (then
      (if (i32.eqz (ref.test (ref $Fixed0) (local.get $b))) (then (return (i32.const 0))))
      (return (i32.eq (call $fixed_size (ref.cast (ref $Fixed0) (local.get $a)))
        (call $fixed_size (ref.cast (ref $Fixed0) (local.get $b)))))))
  (if (ref.test (ref $ByteObject) (local.get $a)) (then (return (ref.test (ref $ByteObject) (local.get $b)))))
  (i32.and (ref.test (ref $WordObject) (local.get $a)) (ref.test (ref $WordObject) (local.get $b))))

;; Slots of the struct, whatever the class says.
(func $fixed_size (param $object (ref $Fixed0)) (result i32)
  (local $size i32)
  (local.set $size (call $named_slots (local.get $object)))
  (loop $more
    (if (call $is_fixed_at_least (local.get $object) (i32.add (local.get $size) (i32.const 1)))
      (then (local.set $size (i32.add (local.get $size) (i32.const 1))) (br $more))))
  (loop $less
    (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
    (if (i32.eqz (call $is_fixed_at_least (local.get $object) (local.get $size)))
      (then (local.set $size (i32.sub (local.get $size) (i32.const 1))) (br $less))))
  (local.get $size))

(func $swap_all (param $from eqref) (param $to eqref) (result eqref)
  (local $a (ref $Slots)) (local $b (ref $Slots)) (local $i i32) (local $lookups i32)
  (local.set $a (call $slots_of (local.get $from)))
  (local.set $b (call $slots_of (local.get $to)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $a))))
      (local.set $lookups (i32.or (local.get $lookups) (i32.or
        (call $may_change_lookups (array.get $Slots (local.get $a) (local.get $i)))
        (call $may_change_lookups (array.get $Slots (local.get $b) (local.get $i))))))
      (call $swap_contents (ref.cast (ref $Object) (array.get $Slots (local.get $a) (local.get $i)))
        (ref.cast (ref $Object) (array.get $Slots (local.get $b) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (call $refresh_special_objects)
  (if (local.get $lookups) (then (call $flush_method_caches)))
  (local.get $from))

;; Whether the contents may be a class, a method dictionary or its Array of methods. Those hold no SmallIntegers only.
(func $may_change_lookups (param $value eqref) (result i32)
  (local $slots (ref $Slots)) (local $i i32)
  (block $not_indexed (result eqref)
    (local.set $slots (struct.get $Indexed $slots (br_on_cast_fail $not_indexed eqref (ref $Indexed) (local.get $value))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $slots))))
        (if (i32.eqz (ref.test (ref i31) (array.get $Slots (local.get $slots) (local.get $i))))
          (then (return (i32.const 1))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (return (i32.const 0)))
  (return (ref.test (ref $Fixed0))))

(func $swap_contents (param $a (ref $Object)) (param $b (ref $Object))
  (local $index i32)
  (local.set $index (struct.get $Object $classIndex (local.get $a)))
  (if (global.get $float_slots)
    (then (call $float_slots_change (local.get $index) (struct.get $Object $classIndex (local.get $b)))))
  (struct.set $Object $classIndex (local.get $a) (struct.get $Object $classIndex (local.get $b)))
  (struct.set $Object $classIndex (local.get $b) (local.get $index))
  (block $not_indexed (result (ref $Object))
    (return_call $swap_slot_contents (br_on_cast_fail $not_indexed (ref $Object) (ref $Indexed) (local.get $a))
      (ref.cast (ref $Indexed) (local.get $b))))
  (drop)
  (block $not_bytes (result (ref $Object))
    (return_call $swap_byte_contents (br_on_cast_fail $not_bytes (ref $Object) (ref $ByteObject) (local.get $a))
      (ref.cast (ref $ByteObject) (local.get $b))))
  (drop)
  (block $not_words (result (ref $Object))
    (return_call $swap_word_contents (br_on_cast_fail $not_words (ref $Object) (ref $WordObject) (local.get $a))
      (ref.cast (ref $WordObject) (local.get $b))))
  (drop)
  (return_call $swap_fixed_contents (ref.cast (ref $Fixed0) (local.get $a)) (ref.cast (ref $Fixed0) (local.get $b))))

(func $swap_slot_contents (param $a (ref $Indexed)) (param $b (ref $Indexed))
  (local $slots (ref $Slots))
  (local.set $slots (struct.get $Indexed $slots (local.get $a)))
  (struct.set $Indexed $slots (local.get $a) (struct.get $Indexed $slots (local.get $b)))
  (struct.set $Indexed $slots (local.get $b) (local.get $slots)))

(func $swap_byte_contents (param $a (ref $ByteObject)) (param $b (ref $ByteObject))
  (local $bytes (ref $Bytes))
  (local.set $bytes (struct.get $ByteObject $bytes (local.get $a)))
  (struct.set $ByteObject $bytes (local.get $a) (struct.get $ByteObject $bytes (local.get $b)))
  (struct.set $ByteObject $bytes (local.get $b) (local.get $bytes)))

(func $swap_word_contents (param $a (ref $WordObject)) (param $b (ref $WordObject))
  (local $words (ref $Words))
  (local.set $words (struct.get $WordObject $words (local.get $a)))
  (struct.set $WordObject $words (local.get $a) (struct.get $WordObject $words (local.get $b)))
  (struct.set $WordObject $words (local.get $b) (local.get $words)))

(func $swap_fixed_contents (param $a (ref $Fixed0)) (param $b (ref $Fixed0))
  (local $i i32) (local $value eqref)
  (loop $next
    (local.set $value (call $fixed_get (local.get $a) (local.get $i)))
    (call $fixed_put (local.get $a) (local.get $i) (call $fixed_get (local.get $b) (local.get $i)))
    (call $fixed_put (local.get $b) (local.get $i) (local.get $value))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 40)))))
