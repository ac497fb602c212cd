;; Numbers that are immediates in 64-bit images but no i31 here: wide SmallIntegers and SmallFloat64s (types/README.md,
;; "Images of 64 bits"). Everything that must not tell one such object from another of the same value is here.

;;@if WORD64
;; Class indices of immediates end with that of SmallFloat64, 4.
(func $is_immediate_number (param $value eqref) (result i32)
  (drop (block $other (result eqref)
    (return (i32.ge_u (i32.const 4)
      (struct.get $Number $classIndex (br_on_cast_fail $other eqref (ref $Number) (local.get $value)))))))
  (i32.const 0))

(func $is_small_integer (param $value eqref) (result i32)
  (i32.or (ref.test (ref i31) (local.get $value)) (ref.test (ref $WideInteger) (local.get $value))))

;; What stands behind a Number: the integer, or the bits of the Float.
(func $number_bits (param $number (ref $Number)) (result i64)
  (drop (block $float (result (ref $Number))
    (return (struct.get $WideInteger $value
      (br_on_cast_fail $float (ref $Number) (ref $WideInteger) (local.get $number))))))
  (i64.reinterpret_f64 (struct.get $Float $value (ref.cast (ref $Float) (local.get $number)))))

;; ==
(func $identical (param $one eqref) (param $other eqref) (result i32)
  (if (ref.eq (local.get $one) (local.get $other)) (then (return (i32.const 1))))
  (return_call $same_number (local.get $one) (local.get $other)))

(func $same_number (param $one eqref) (param $other eqref) (result i32)
  (local $a (ref $Number)) (local $b (ref $Number))
  (drop (block $different (result eqref)
    (local.set $a (br_on_cast_fail $different eqref (ref $Number) (local.get $one)))
    (local.set $b (br_on_cast_fail $different eqref (ref $Number) (local.get $other)))
    (return (i32.and
      (i32.and (i32.le_u (struct.get $Number $classIndex (local.get $a)) (i32.const 4))
        (i32.eq (struct.get $Number $classIndex (local.get $a)) (struct.get $Number $classIndex (local.get $b))))
      (i64.eq (call $number_bits (local.get $a)) (call $number_bits (local.get $b)))))))
  (i32.const 0))

;; --- Floats ---

;; The bits of a SmallFloat64 as its oop has them: the sign last, the exponent reduced by 896; 0 and 1 are the zeros.
(func $small_float_bits (param $value f64) (result i64)
  (local $bits i64)
  (local.set $bits (i64.rotl (i64.reinterpret_f64 (local.get $value)) (i64.const 1)))
  (if (i64.le_u (local.get $bits) (i64.const 1)) (then (return (local.get $bits))))
  (i64.sub (local.get $bits) (i64.const 0x7000000000000000)))

;; Whether 61 bits hold it.
(func $is_small_float (param $value f64) (result i32)
  (if (f64.eq (local.get $value) (f64.const 0)) (then (return (i32.const 1))))
  (i64.lt_u (i64.sub (call $small_float_bits (local.get $value)) (i64.const 2)) (i64.const 0x1FFFFFFFFFFFFFFE)))

;; Floats whose value at:put: must not change.
(func $cannot_change (param $float (ref null $Float)) (result i32)
  (i32.or (i32.le_u (struct.get $Float $classIndex (local.get $float)) (i32.const 4))
    (i32.ne (i32.const 0) (i32.and (struct.get $Float $hash (local.get $float)) (i32.const 0x400000)))))

;; An immediate as the SmallInteger with the bits of its oop.
(func $immediate_bits (param $value eqref) (result eqref)
  (drop (block $integer (result eqref)
    (return (call $integer_of_i64 (i64.shr_s (i64.shl (call $small_float_bits
      (struct.get $Float $value (br_on_cast_fail $integer eqref (ref $Float) (local.get $value))))
        (i64.const 3)) (i64.const 3))))))
  (local.get $value))

(func $number_hash (param $value eqref) (result i32)
  (local $bits i64)
  (local.set $bits (call $number_bits (ref.cast (ref $Number) (local.get $value))))
  (i32.and (i32.const 0x3FFFFFFF)
    (i32.wrap_i64 (i64.xor (local.get $bits) (i64.shr_u (local.get $bits) (i64.const 32))))))

;; --- SmallIntegers ---

(func $wide_magnitude (param $value eqref) (result i64)
  (local $integer i64)
  (local.set $integer (struct.get $WideInteger $value (ref.cast (ref $WideInteger) (local.get $value))))
  (select (i64.sub (i64.const 0) (local.get $integer)) (local.get $integer) (i64.lt_s (local.get $integer) (i64.const 0))))

;; The special selector of that index, of SmallIntegers; $failed where it has to be sent.
(func $wide_operation (param $receiver eqref) (param $argument eqref) (param $index i32) (result eqref)
  (block $or (block $and (block $quotient (block $shift (block $modulo (block $divide (block $times (block $unequal
  (block $equal (block $ge (block $le (block $gt (block $lt (block $minus (block $plus (block $send
    (br_table $plus $minus $lt $gt $le $ge $equal $unequal $times $divide $modulo $send $shift $quotient $and $or
      $send (local.get $index)))
    (return (global.get $failed)))
    (return_call $primitive_1 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_2 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_23 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_24 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_25 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_26 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_27 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_28 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_9 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_10 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_31 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_17 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_12 (local.get $receiver) (local.get $argument) (i32.const 0)))
    (return_call $primitive_14 (local.get $receiver) (local.get $argument) (i32.const 0)))
  (return_call $primitive_15 (local.get $receiver) (local.get $argument) (i32.const 0)))

;; --- method headers: $methodHeader keeps the low 30 bits and the sign ---

(func $header_bits (param $value eqref) (result i32)
  (local $header i64)
  (local.set $header (call $integer_value_i64 (local.get $value)))
  (i32.or (i32.and (i32.wrap_i64 (local.get $header)) (i32.const 0x3FFFFFFF))
    (select (i32.const 0xC0000000) (i32.const 0) (i64.lt_s (local.get $header) (i64.const 0)))))

(func $header_value (param $bits i32) (result eqref)
  (return_call $integer_of_i64 (i64.or (i64.extend_i32_u (i32.and (local.get $bits) (i32.const 0x3FFFFFFF)))
    (select (i64.const 0xF000000000000000) (i64.const 0) (i32.lt_s (local.get $bits) (i32.const 0))))))
;;@endif
