;; Objects for the tests of BitBlt: Arrays of slots stand for Forms, BitBlts and colour maps.

(global $special (ref $Slots) (array.new_default $Slots (i32.const 64)))

(func $slot_count (param $value eqref) (result i32)
  (block $other (result eqref)
    (return (array.len (struct.get $Indexed $slots (br_on_cast_fail $other eqref (ref $Indexed) (local.get $value))))))
  (drop)
  (i32.const 0))

(func $slot_get (export "slot") (param $value eqref) (param $index i32) (result eqref)
  (local $slots (ref $Slots))
  (block $other (result eqref)
    (local.set $slots (struct.get $Indexed $slots (br_on_cast_fail $other eqref (ref $Indexed) (local.get $value))))
    (if (i32.ge_u (local.get $index) (array.len (local.get $slots))) (then (return (ref.null eq))))
    (return (array.get $Slots (local.get $slots) (local.get $index))))
  (drop)
  (ref.null eq))

(func $slot_put (export "setSlot") (param $object eqref) (param $index i32) (param $value eqref)
  (array.set $Slots (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $object))) (local.get $index) (local.get $value)))

(func $small_or (export "smallOr") (param $value eqref) (param $default i32) (result i32)
  (block $other (result eqref)
    (return (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $value)))))
  (drop)
  (local.get $default))

(func $integer_of (param $value i32) (result eqref)
  (ref.i31 (local.get $value)))

(func $integer_of_u32 (param $value i32) (result eqref)
  (ref.i31 (local.get $value)))

(func $special_object (param $index i32) (result eqref)
  (array.get $Slots (global.get $special) (local.get $index)))

(func (export "array") (param $size i32) (result eqref)
  (struct.new $Indexed (i32.const 1) (i32.const 0) (array.new_default $Slots (local.get $size))))

(func (export "small") (param $value i32) (result eqref)
  (ref.i31 (local.get $value)))

(func (export "float") (param $value f64) (result eqref)
  (struct.new $Float (i32.const 1) (i32.const 0) (local.get $value)))

(func (export "words") (param $size i32) (result eqref)
  (struct.new $WordObject (i32.const 1) (i32.const 0) (array.new_default $Words (local.get $size))))

(func (export "bytes") (param $size i32) (result eqref)
  (struct.new $ByteObject (i32.const 1) (i32.const 0) (array.new_default $Bytes (local.get $size))))

(func (export "word") (param $object eqref) (param $index i32) (result i32)
  (array.get $Words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $object))) (local.get $index)))

(func (export "setWord") (param $object eqref) (param $index i32) (param $value i32)
  (array.set $Words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $object))) (local.get $index)
    (local.get $value)))

(func (export "byte") (param $object eqref) (param $index i32) (result i32)
  (array.get_u $Bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $object))) (local.get $index)))

(func (export "setByte") (param $object eqref) (param $index i32) (param $value i32)
  (array.set $Bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $object))) (local.get $index)
    (local.get $value)))

(func (export "hasFailed") (param $value eqref) (result i32)
  (ref.eq (local.get $value) (global.get $failed)))

(func (export "setDisplay") (param $form eqref)
  (array.set $Slots (global.get $special) (i32.const 14) (local.get $form)))

(func $count_work (param $units i32))
