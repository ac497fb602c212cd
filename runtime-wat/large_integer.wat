;; Integers of any size as values: reading Integers into i64 and making LargeIntegers. A LargeInteger is a byte object
;; of one of the two LargeInteger classes: the magnitude, little endian; normalised ones have no leading zero byte and
;; do not fit in a SmallInteger.

;; Set by the $..._value_... readers: 1 when the object was an Integer of that range.
(global $integer_valid (mut i32) (i32.const 0))

;; 1 for Integers >= 0, -1 for negative ones, 0 for everything else.
(func $integer_sign (param $value eqref) (result i32)
  (local $class i32)
;;@if WORD64
  (if (ref.test (ref $WideInteger) (local.get $value))
    (then (return (select (i32.const -1) (i32.const 1)
      (i64.lt_s (struct.get $WideInteger $value (ref.cast (ref $WideInteger) (local.get $value))) (i64.const 0))))))
;;@endif
  (if (ref.test (ref i31) (local.get $value))
    (then (return (i32.or (i32.const 1)
      (i32.shr_s (i31.get_s (ref.cast (ref i31) (local.get $value))) (i32.const 31))))))
  (drop (block $other (result eqref)
    (local.set $class (struct.get $ByteObject $classIndex
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (return (i32.sub
      (i32.eq (local.get $class) (global.get $class_index_large_positive))
      (i32.eq (local.get $class) (global.get $class_index_large_negative))))))
  (i32.const 0))

(func $is_large (param $value eqref) (result i32)
  (i32.and (i32.ne (call $integer_sign (local.get $value)) (i32.const 0))
    (ref.test (ref $ByteObject) (local.get $value))))

;; The magnitude of an Integer; a LargeInteger's own array.
(func $magnitude (param $value eqref) (result (ref $Bytes))
  (local $small i32)
  (drop (block $small (result eqref)
    (return (struct.get $ByteObject $bytes (br_on_cast_fail $small eqref (ref $ByteObject) (local.get $value))))))
;;@if WORD64
  (if (ref.test (ref $WideInteger) (local.get $value))
    (then (return (call $bytes_of_u64 (call $wide_magnitude (local.get $value))))))
;;@endif
  (local.set $small (i31.get_s (ref.cast (ref i31) (local.get $value))))
  (if (i32.lt_s (local.get $small) (i32.const 0))
    (then (local.set $small (i32.sub (i32.const 0) (local.get $small)))))
  (call $bytes_of_u64 (i64.extend_i32_u (local.get $small))))

;; The fewest bytes that hold value; at least one.
(func $bytes_of_u64 (param $value i64) (result (ref $Bytes))
  (local $bytes (ref $Bytes)) (local $index i32)
  (local.set $bytes (array.new_default $Bytes (i32.sub (i32.const 8)
    (i32.wrap_i64 (i64.shr_u (i64.clz (i64.or (local.get $value) (i64.const 1))) (i64.const 3))))))
  (loop $next
    (array.set $Bytes (local.get $bytes) (local.get $index) (i32.wrap_i64 (local.get $value)))
    (local.set $value (i64.shr_u (local.get $value) (i64.const 8)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1)))
        (array.len (local.get $bytes)))))
  (local.get $bytes))

;; Up to eight bytes as a number.
(func $u64_of_bytes (param $bytes (ref $Bytes)) (result i64)
  (local $value i64) (local $index i32)
  (local.set $index (array.len (local.get $bytes)))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $index)))
      (local.set $index (i32.sub (local.get $index) (i32.const 1)))
      (local.set $value (i64.or (i64.shl (local.get $value) (i64.const 8))
        (i64.extend_i32_u (array.get_u $Bytes (local.get $bytes) (local.get $index)))))
      (br $next)))
  (local.get $value))

;; --- making Integers ---

;; Takes over the bytes, which are normalised.
(func $new_large (param $bytes (ref $Bytes)) (param $negative i32) (result (ref $ByteObject))
  (struct.new $ByteObject
    (select (global.get $class_index_large_negative) (global.get $class_index_large_positive) (local.get $negative))
    (i32.const 0) (local.get $bytes)))

;; A value that does not fit in 31 bits: a LargeInteger, unless the image's SmallIntegers are wider.
(func $large_of_i64 (param $value i64) (result eqref)
  (local $negative i32)
;;@if WORD64
  (if (i64.eq (i64.shr_s (i64.shl (local.get $value) (i64.const 3)) (i64.const 3)) (local.get $value))
    (then (return (struct.new $WideInteger (i32.const 1) (i32.const 0) (local.get $value)))))
;;@endif
  (local.set $negative (i64.lt_s (local.get $value) (i64.const 0)))
  (call $new_large
    (call $bytes_of_u64 (select (i64.sub (i64.const 0) (local.get $value)) (local.get $value) (local.get $negative)))
    (local.get $negative)))

;; The Integer of that unsigned magnitude and sign.
(func $integer_of_magnitude (param $magnitude i64) (param $negative i32) (result eqref)
  (if (i64.lt_u (local.get $magnitude) (i64.add (i64.const 0x40000000) (i64.extend_i32_u (local.get $negative))))
    (then (return (ref.i31 (select
      (i32.sub (i32.const 0) (i32.wrap_i64 (local.get $magnitude)))
      (i32.wrap_i64 (local.get $magnitude))
      (local.get $negative))))))
;;@if WORD64
  (if (i64.lt_u (local.get $magnitude) (i64.add (i64.const 0x1000000000000000) (i64.extend_i32_u (local.get $negative))))
    (then (return (struct.new $WideInteger (i32.const 1) (i32.const 0) (select
      (i64.sub (i64.const 0) (local.get $magnitude)) (local.get $magnitude) (local.get $negative))))))
;;@endif
  (call $new_large (call $bytes_of_u64 (local.get $magnitude)) (local.get $negative)))

;; The 64 bits of value as a non-negative Integer.
(func $integer_of_u64 (param $value i64) (result eqref)
  (call $integer_of_magnitude (local.get $value) (i32.const 0)))

;; The Integer of a magnitude with or without leading zeros; takes over the bytes.
(func $integer_of_bytes (param $bytes (ref $Bytes)) (param $negative i32) (result eqref)
  (local $size i32) (local $trimmed (ref $Bytes))
  (local.set $trimmed (local.get $bytes))
  (local.set $size (call $significant_bytes (local.get $bytes)))
  (if (i32.ne (local.get $size) (array.len (local.get $bytes)))
    (then
      (local.set $trimmed (array.new_default $Bytes (local.get $size)))
      (array.copy $Bytes $Bytes (local.get $trimmed) (i32.const 0) (local.get $bytes) (i32.const 0) (local.get $size))))
;;@if WORD64
  (if (i32.le_u (local.get $size) (i32.const 8))
;;@else
  (if (i32.le_u (local.get $size) (i32.const 4))
;;@endif
    (then (return (call $integer_of_magnitude (call $u64_of_bytes (local.get $trimmed)) (local.get $negative)))))
  (call $new_large (local.get $trimmed) (local.get $negative)))

;; --- reading Integers: the value, and $integer_valid ---

;; The magnitude of Integers of up to 64 bits.
(func $integer_magnitude_u64 (param $value eqref) (result i64)
  (local $bytes (ref $Bytes)) (local $small i32)
  (if (ref.test (ref i31) (local.get $value))
    (then
      (global.set $integer_valid (i32.const 1))
      (local.set $small (i31.get_s (ref.cast (ref i31) (local.get $value))))
      (return (i64.extend_i32_u (select (i32.sub (i32.const 0) (local.get $small)) (local.get $small)
        (i32.lt_s (local.get $small) (i32.const 0)))))))
;;@if WORD64
  (if (ref.test (ref $WideInteger) (local.get $value))
    (then
      (global.set $integer_valid (i32.const 1))
      (return_call $wide_magnitude (local.get $value))))
;;@endif
  (global.set $integer_valid (i32.const 0))
  (if (i32.eqz (call $integer_sign (local.get $value))) (then (return (i64.const 0))))
  (local.set $bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $value))))
  (if (i32.gt_u (array.len (local.get $bytes)) (i32.const 8)) (then (return (i64.const 0))))
  (global.set $integer_valid (i32.const 1))
  (call $u64_of_bytes (local.get $bytes)))

;; Integers from -2**63 to 2**63 - 1.
(func $integer_value_i64 (param $value eqref) (result i64)
  (local $magnitude i64) (local $negative i32)
  (if (ref.test (ref i31) (local.get $value))
    (then
      (global.set $integer_valid (i32.const 1))
      (return (i64.extend_i32_s (i31.get_s (ref.cast (ref i31) (local.get $value)))))))
  (local.set $magnitude (call $integer_magnitude_u64 (local.get $value)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (i64.const 0))))
  (local.set $negative (i32.lt_s (call $integer_sign (local.get $value)) (i32.const 0)))
  (if (i64.gt_u (local.get $magnitude) (i64.add (i64.const 0x7FFFFFFFFFFFFFFF)
        (i64.extend_i32_u (local.get $negative))))
    (then (global.set $integer_valid (i32.const 0))))
  (select (i64.sub (i64.const 0) (local.get $magnitude)) (local.get $magnitude) (local.get $negative)))

;; Integers from 0 to 2**64 - 1.
(func $integer_value_u64 (param $value eqref) (result i64)
  (local $magnitude i64)
  (local.set $magnitude (call $integer_magnitude_u64 (local.get $value)))
  (if (i32.ne (call $integer_sign (local.get $value)) (i32.const 1))
    (then (global.set $integer_valid (i32.const 0))))
  (local.get $magnitude))

;; Integers from 0 to 2**32 - 1, as the bits of an i32.
(func $integer_value_u32 (param $value eqref) (result i32)
  (local $wide i64)
  (local.set $wide (call $integer_value_u64 (local.get $value)))
  (if (i64.ne (i64.shr_u (local.get $wide) (i64.const 32)) (i64.const 0))
    (then (global.set $integer_valid (i32.const 0))))
  (i32.wrap_i64 (local.get $wide)))

;; Integers from -2**31 to 2**31 - 1.
(func $integer_value_i32 (param $value eqref) (result i32)
  (local $wide i64)
  (local.set $wide (call $integer_value_i64 (local.get $value)))
  (if (i64.ne (i64.extend32_s (local.get $wide)) (local.get $wide))
    (then (global.set $integer_valid (i32.const 0))))
  (i32.wrap_i64 (local.get $wide)))
