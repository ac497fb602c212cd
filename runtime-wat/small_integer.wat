;; SmallInteger: conversion from and to numbers, and the numbered primitives 1 to 18. Those of arithmetic fail where an
;; operand or the result is no SmallInteger, and the image goes on. Wide SmallIntegers of 64-bit images have the operations
;; of primitives 21 to 37.

;; Any i32 as SmallInteger or LargeInteger.
(func $integer_of (param $value i32) (result eqref)
  (if (result eqref) (i32.eq (i32.shr_s (i32.shl (local.get $value) (i32.const 1)) (i32.const 1)) (local.get $value))
    (then (ref.i31 (local.get $value)))
    (else (call $large_of_i64 (i64.extend_i32_s (local.get $value))))))

;; Any i64 as SmallInteger or LargeInteger.
(func $integer_of_i64 (param $value i64) (result eqref)
  (if (result eqref) (i64.eq (i64.shr_s (i64.shl (local.get $value) (i64.const 33)) (i64.const 33)) (local.get $value))
    (then (ref.i31 (i32.wrap_i64 (local.get $value))))
    (else (call $large_of_i64 (local.get $value)))))

;; The 32 bits of value as a non-negative Integer.
(func $integer_of_u32 (param $value i32) (result eqref)
  (call $integer_of_i64 (i64.extend_i32_u (local.get $value))))

(func $are_small (param $receiver eqref) (param $argument eqref) (result i32)
  (i32.and (ref.test (ref i31) (local.get $receiver)) (ref.test (ref i31) (local.get $argument))))

;; Quotient rounded to negative infinity; the divisor is not 0.
(func $floor_divide (param $dividend i32) (param $divisor i32) (result i32)
  (local $quotient i32)
  (local.set $quotient (i32.div_s (local.get $dividend) (local.get $divisor)))
  (if (i32.and
        (i32.ne (i32.mul (local.get $quotient) (local.get $divisor)) (local.get $dividend))
        (i32.lt_s (i32.xor (local.get $dividend) (local.get $divisor)) (i32.const 0)))
    (then (return (i32.sub (local.get $quotient) (i32.const 1)))))
  (local.get $quotient))

;; The remainder that goes with $floor_divide: it has the divisor's sign.
(func $floor_modulo (param $dividend i32) (param $divisor i32) (result i32)
  (local $remainder i32)
  (local.set $remainder (i32.rem_s (local.get $dividend) (local.get $divisor)))
  (if (i32.and
        (i32.ne (local.get $remainder) (i32.const 0))
        (i32.lt_s (i32.xor (local.get $remainder) (local.get $divisor)) (i32.const 0)))
    (then (return (i32.add (local.get $remainder) (local.get $divisor)))))
  (local.get $remainder))

(func $new_point (param $x eqref) (param $y eqref) (result eqref)
  (struct.new $Fixed2 (global.get $class_index_point) (i32.const 0) (local.get $x) (local.get $y)))

;; A result that is no SmallInteger is the image's business: $failed.
(func $small_of_i64 (param $value i64) (result eqref)
;;@if WORD64
  (if (i64.eq (i64.shr_s (i64.shl (local.get $value) (i64.const 3)) (i64.const 3)) (local.get $value))
    (then (return_call $integer_of_i64 (local.get $value))))
;;@else
  (if (i64.eq (i64.shr_s (i64.shl (local.get $value) (i64.const 33)) (i64.const 33)) (local.get $value))
    (then (return (ref.i31 (i32.wrap_i64 (local.get $value))))))
;;@endif
  (global.get $failed))

;;@if WORD64
(func $are_small_integers (param $receiver eqref) (param $argument eqref) (result i32)
  (i32.and (call $is_small_integer (local.get $receiver)) (call $is_small_integer (local.get $argument))))

(func $small_or_failed (param $value eqref) (result eqref)
  (if (call $is_small_integer (local.get $value)) (then (return (local.get $value))))
  (global.get $failed))
;;@endif

;; +
(func $primitive_1 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return_call $small_of_i64 (i64.extend_i32_s (i32.add
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (if (call $are_small_integers (local.get $receiver) (local.get $argument))
    (then (return_call $small_of_i64 (i64.add
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
;;@endif
  (global.get $failed))

;; -
(func $primitive_2 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return_call $small_of_i64 (i64.extend_i32_s (i32.sub
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (if (call $are_small_integers (local.get $receiver) (local.get $argument))
    (then (return_call $small_of_i64 (i64.sub
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
;;@endif
  (global.get $failed))

;; <
(func $primitive_3 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $as_bool (i32.lt_s
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (return_call $primitive_23 (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@else
  (global.get $failed))
;;@endif

;; >
(func $primitive_4 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $as_bool (i32.gt_s
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (return_call $primitive_24 (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@else
  (global.get $failed))
;;@endif

;; <=
(func $primitive_5 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $as_bool (i32.le_s
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (return_call $primitive_25 (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@else
  (global.get $failed))
;;@endif

;; >=
(func $primitive_6 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $as_bool (i32.ge_s
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (return_call $primitive_26 (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@else
  (global.get $failed))
;;@endif

;; =
(func $primitive_7 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (call $are_small (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (ref.eq (local.get $receiver) (local.get $argument))))))
  (return_call $primitive_27 (local.get $receiver) (local.get $argument) (local.get $depth)))

;; ~=
(func $primitive_8 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (call $are_small (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (i32.eqz (ref.eq (local.get $receiver) (local.get $argument)))))))
  (return_call $primitive_28 (local.get $receiver) (local.get $argument) (local.get $depth)))

;; *
(func $primitive_9 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return_call $small_of_i64 (i64.mul
      (i64.extend_i32_s (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver))))
      (i64.extend_i32_s (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (if (call $are_small_integers (local.get $receiver) (local.get $argument))
    (then (return_call $small_or_failed
      (call $primitive_29 (local.get $receiver) (local.get $argument) (local.get $depth)))))
;;@endif
  (global.get $failed))

;; /: only where there is no remainder
(func $primitive_10 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $dividend i32) (local $divisor i32)
  (drop (block $failed (result eqref)
    (local.set $dividend (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver))))
    (local.set $divisor (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))
    (if (i32.eqz (local.get $divisor)) (then (return (global.get $failed))))
    (if (i32.rem_s (local.get $dividend) (local.get $divisor)) (then (return (global.get $failed))))
    (return_call $small_of_i64 (i64.extend_i32_s (i32.div_s (local.get $dividend) (local.get $divisor))))))
;;@if WORD64
  (if (call $are_small_integers (local.get $receiver) (local.get $argument))
    (then (return_call $small_or_failed
      (call $primitive_30 (local.get $receiver) (local.get $argument) (local.get $depth)))))
;;@endif
  (global.get $failed))

;; \\
(func $primitive_11 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $divisor i32)
  (drop (block $failed (result eqref)
    (local.set $divisor (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))
    (if (i32.eqz (local.get $divisor)) (then (return (global.get $failed))))
    (return (ref.i31 (call $floor_modulo
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver))) (local.get $divisor))))))
;;@if WORD64
  (return_call $primitive_31 (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@else
  (global.get $failed))
;;@endif

;; //
(func $primitive_12 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $divisor i32)
  (drop (block $failed (result eqref)
    (local.set $divisor (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))
    (if (i32.eqz (local.get $divisor)) (then (return (global.get $failed))))
    (return_call $small_of_i64 (i64.extend_i32_s (call $floor_divide
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver))) (local.get $divisor))))))
;;@if WORD64
  (if (call $are_small_integers (local.get $receiver) (local.get $argument))
    (then (return_call $small_or_failed
      (call $primitive_32 (local.get $receiver) (local.get $argument) (local.get $depth)))))
;;@endif
  (global.get $failed))

;; quo:
(func $primitive_13 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $divisor i32)
  (drop (block $failed (result eqref)
    (local.set $divisor (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))
    (if (i32.eqz (local.get $divisor)) (then (return (global.get $failed))))
    (return_call $small_of_i64 (i64.extend_i32_s (i32.div_s
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver))) (local.get $divisor))))))
;;@if WORD64
  (if (call $are_small_integers (local.get $receiver) (local.get $argument))
    (then (return_call $small_or_failed
      (call $primitive_33 (local.get $receiver) (local.get $argument) (local.get $depth)))))
;;@endif
  (global.get $failed))

;; bitAnd:
(func $primitive_14 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (ref.i31 (i32.and
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (if (i32.and (call $is_small_integer (local.get $receiver)) (call $is_small_integer (local.get $argument)))
    (then (return_call $integer_of_i64 (i64.and
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
;;@endif
  (return_call $primitive_34 (local.get $receiver) (local.get $argument) (local.get $depth)))

;; bitOr:
(func $primitive_15 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (ref.i31 (i32.or
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (if (i32.and (call $is_small_integer (local.get $receiver)) (call $is_small_integer (local.get $argument)))
    (then (return_call $integer_of_i64 (i64.or
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
;;@endif
  (return_call $primitive_35 (local.get $receiver) (local.get $argument) (local.get $depth)))

;; bitXor:
(func $primitive_16 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (ref.i31 (i32.xor
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
;;@if WORD64
  (if (i32.and (call $is_small_integer (local.get $receiver)) (call $is_small_integer (local.get $argument)))
    (then (return_call $integer_of_i64 (i64.xor
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
;;@endif
  (return_call $primitive_36 (local.get $receiver) (local.get $argument) (local.get $depth)))

;; bitShift:
(func $primitive_17 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $value i64) (local $shift i32)
  (drop (block $not_small (result eqref)
    (local.set $value (i64.extend_i32_s (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))))
    (local.set $shift (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))
    (if (i32.le_u (i32.add (local.get $shift) (i32.const 32)) (i32.const 64))
      (then (return (call $integer_of_i64 (if (result i64) (i32.ge_s (local.get $shift) (i32.const 0))
        (then (i64.shl (local.get $value) (i64.extend_i32_u (local.get $shift))))
        (else (i64.shr_s (local.get $value) (i64.extend_i32_u (i32.sub (i32.const 0) (local.get $shift))))))))))
    (local.get $receiver)))
  (return_call $primitive_37 (local.get $receiver) (local.get $argument) (local.get $depth)))

;; @
(func $primitive_18 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (call $are_reals (local.get $argument) (local.get $argument))
    (then (return (call $new_point (local.get $receiver) (local.get $argument)))))
  (global.get $failed))

;; hashMultiply: 28 bits of 1664525 times the value, of SmallIntegers and the low 32 bits of LargePositiveIntegers.
(func $primitive_159 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $value i32)
  (if (ref.test (ref i31) (local.get $receiver))
    (then (local.set $value (i31.get_s (ref.cast (ref i31) (local.get $receiver)))))
    (else
;;@if WORD64
      (if (ref.test (ref $WideInteger) (local.get $receiver))
        (then (return (ref.i31 (i32.and (i32.const 0xFFFFFFF) (i32.mul (i32.const 1664525) (i32.wrap_i64
          (struct.get $WideInteger $value (ref.cast (ref $WideInteger) (local.get $receiver))))))))))
;;@endif
      (if (i32.ne (call $class_index_of (local.get $receiver)) (global.get $class_index_large_positive))
        (then (return (global.get $failed))))
      (local.set $value (call $digit (call $magnitude (local.get $receiver)) (i32.const 0)))))
  (ref.i31 (i32.and (i32.mul (local.get $value) (i32.const 1664525)) (i32.const 0xFFFFFFF))))
