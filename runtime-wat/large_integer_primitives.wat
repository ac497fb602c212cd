;; LargeInteger: the numbered primitives 20 to 37. Operands of up to 64 bits are handled in i64; beyond that, where
;; other virtual machines fail and leave it to the image, the magnitudes' arithmetic gives the same answer. Receiver and
;; argument may each be a SmallInteger.

;; An Integer whose value has at most 61 bits, so that sums do not overflow.
(func $is_short_integer (param $value eqref) (result i32)
  (if (ref.test (ref i31) (local.get $value)) (then (return (i32.const 1))))
  (if (i32.eqz (call $integer_sign (local.get $value))) (then (return (i32.const 0))))
;;@if WORD64
  (if (ref.test (ref $WideInteger) (local.get $value)) (then (return (i32.const 1))))
;;@endif
  (i32.le_u (array.len (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $value)))) (i32.const 7)))

(func $are_short_integers (param $first eqref) (param $second eqref) (result i32)
  (if (result i32) (call $is_short_integer (local.get $first))
    (then (call $is_short_integer (local.get $second)))
    (else (i32.const 0))))

(func $are_integers (param $first eqref) (param $second eqref) (result i32)
  (if (result i32) (call $integer_sign (local.get $first))
    (then (i32.ne (call $integer_sign (local.get $second)) (i32.const 0)))
    (else (i32.const 0))))

(func $is_negative (param $value eqref) (result i32)
  (i32.lt_s (call $integer_sign (local.get $value)) (i32.const 0)))

;; first + second, where both count with the given signs.
(func $add_signed (param $first eqref) (param $firstNegative i32) (param $second eqref)
  (param $secondNegative i32) (result eqref)
  (local $a (ref $Bytes)) (local $b (ref $Bytes))
  (local.set $a (call $magnitude (local.get $first)))
  (local.set $b (call $magnitude (local.get $second)))
  (if (i32.eq (local.get $firstNegative) (local.get $secondNegative))
    (then (return_call $integer_of_bytes (call $add_magnitudes (local.get $a) (local.get $b))
        (local.get $firstNegative))))
  (if (i32.ge_s (call $compare_magnitudes (local.get $a) (local.get $b)) (i32.const 0))
    (then (return_call $integer_of_bytes (call $subtract_magnitudes (local.get $a) (local.get $b))
        (local.get $firstNegative))))
  (return_call $integer_of_bytes (call $subtract_magnitudes (local.get $b) (local.get $a)) (local.get $secondNegative)))

;; -1, 0 or 1; both are Integers.
(func $compare_integers (param $first eqref) (param $second eqref) (result i32)
  (local $sign i32) (local $a i64) (local $b i64)
  (if (call $are_short_integers (local.get $first) (local.get $second))
    (then
      (local.set $a (call $integer_value_i64 (local.get $first)))
      (local.set $b (call $integer_value_i64 (local.get $second)))
      (return (i32.sub (i64.gt_s (local.get $a) (local.get $b)) (i64.lt_s (local.get $a) (local.get $b))))))
  (local.set $sign (call $integer_sign (local.get $first)))
  (if (i32.ne (local.get $sign) (call $integer_sign (local.get $second))) (then (return (local.get $sign))))
  (i32.mul (local.get $sign)
    (call $compare_magnitudes (call $magnitude (local.get $first)) (call $magnitude (local.get $second)))))

;; +
(func $primitive_21 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (call $are_short_integers (local.get $receiver) (local.get $argument))
    (then (return_call $integer_of_i64 (i64.add
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (return_call $add_signed
    (local.get $receiver) (call $is_negative (local.get $receiver))
    (local.get $argument) (call $is_negative (local.get $argument))))

;; -
(func $primitive_22 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (call $are_short_integers (local.get $receiver) (local.get $argument))
    (then (return_call $integer_of_i64 (i64.sub
      (call $integer_value_i64 (local.get $receiver)) (call $integer_value_i64 (local.get $argument))))))
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (return_call $add_signed
    (local.get $receiver) (call $is_negative (local.get $receiver))
    (local.get $argument) (i32.eqz (call $is_negative (local.get $argument)))))

;; <
(func $primitive_23 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (i32.lt_s (call $compare_integers (local.get $receiver) (local.get $argument)) (i32.const 0))))

;; >
(func $primitive_24 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (i32.gt_s (call $compare_integers (local.get $receiver) (local.get $argument)) (i32.const 0))))

;; <=
(func $primitive_25 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (i32.le_s (call $compare_integers (local.get $receiver) (local.get $argument)) (i32.const 0))))

;; >=
(func $primitive_26 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (i32.ge_s (call $compare_integers (local.get $receiver) (local.get $argument)) (i32.const 0))))

;; =
(func $primitive_27 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (i32.eq (call $compare_integers (local.get $receiver) (local.get $argument)) (i32.const 0))))

;; ~=
(func $primitive_28 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (i32.ne (call $compare_integers (local.get $receiver) (local.get $argument)) (i32.const 0))))

;; *
(func $primitive_29 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $a i64) (local $b i64) (local $negative i32)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (local.set $negative (call $signs_differ (local.get $receiver) (local.get $argument)))
  (local.set $a (call $integer_magnitude_u64 (local.get $receiver)))
  (if (global.get $integer_valid)
    (then
      (local.set $b (call $integer_magnitude_u64 (local.get $argument)))
      ;; Together no more than 64 bits?
      (if (i64.ge_u (i64.add (i64.clz (local.get $a)) (i64.clz (local.get $b))) (i64.const 64))
        (then (if (global.get $integer_valid)
          (then (return_call $integer_of_magnitude (i64.mul (local.get $a) (local.get $b)) (local.get $negative))))))))
  (return_call $integer_of_bytes
    (call $multiply_magnitudes (call $magnitude (local.get $receiver)) (call $magnitude (local.get $argument)))
    (local.get $negative)))

;; --- division. $division leaves quotient and remainder of the magnitudes, in i64 while they fit. ---

(global $quotient_bytes (mut (ref $Bytes)) (global.get $empty_bytes))
(global $remainder_bytes (mut (ref $Bytes)) (global.get $empty_bytes))
(global $quotient (mut i64) (i64.const 0))
(global $remainder (mut i64) (i64.const 0))

;; 0: not two Integers, or a zero divisor; 1: the answer is in $quotient and $remainder; 2: in $quotient_bytes and
;; $remainder_bytes.
(func $division (param $dividend eqref) (param $divisor eqref) (result i32)
  (local $a i64) (local $b i64)
  (if (i32.eqz (call $are_integers (local.get $dividend) (local.get $divisor))) (then (return (i32.const 0))))
  (local.set $b (call $integer_magnitude_u64 (local.get $divisor)))
  (if (global.get $integer_valid)
    (then
      (if (i64.eqz (local.get $b)) (then (return (i32.const 0))))
      (local.set $a (call $integer_magnitude_u64 (local.get $dividend)))
      (if (global.get $integer_valid)
        (then
          (global.set $quotient (i64.div_u (local.get $a) (local.get $b)))
          (global.set $remainder (i64.rem_u (local.get $a) (local.get $b)))
          (return (i32.const 1))))))
  (if (i32.eqz (call $significant_bytes (call $magnitude (local.get $divisor)))) (then (return (i32.const 0))))
  (call $divide_magnitudes (call $magnitude (local.get $dividend)) (call $magnitude (local.get $divisor)))
  (global.set $remainder_bytes)
  (global.set $quotient_bytes)
  (i32.const 2))

(func $quotient_integer (param $kind i32) (param $negative i32) (result eqref)
  (if (i32.eq (local.get $kind) (i32.const 1))
    (then (return_call $integer_of_magnitude (global.get $quotient) (local.get $negative))))
  (return_call $integer_of_bytes (global.get $quotient_bytes) (local.get $negative)))

(func $remainder_integer (param $kind i32) (param $negative i32) (result eqref)
  (if (i32.eq (local.get $kind) (i32.const 1))
    (then (return_call $integer_of_magnitude (global.get $remainder) (local.get $negative))))
  (return_call $integer_of_bytes (global.get $remainder_bytes) (local.get $negative)))

(func $division_is_exact (param $kind i32) (result i32)
  (if (i32.eq (local.get $kind) (i32.const 1)) (then (return (i64.eqz (global.get $remainder)))))
  (i32.eqz (call $significant_bytes (global.get $remainder_bytes))))

(func $signs_differ (param $first eqref) (param $second eqref) (result i32)
  (i32.ne (call $is_negative (local.get $first)) (call $is_negative (local.get $second))))

;; rem:
(func $primitive_20 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $kind i32)
  (local.set $kind (call $division (local.get $receiver) (local.get $argument)))
  (if (i32.eqz (local.get $kind)) (then (return (global.get $failed))))
  (return_call $remainder_integer (local.get $kind) (call $is_negative (local.get $receiver))))

;; /: only where there is no remainder
(func $primitive_30 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $kind i32)
  (local.set $kind (call $division (local.get $receiver) (local.get $argument)))
  (if (i32.eqz (local.get $kind)) (then (return (global.get $failed))))
  (if (i32.eqz (call $division_is_exact (local.get $kind))) (then (return (global.get $failed))))
  (return_call $quotient_integer (local.get $kind) (call $signs_differ (local.get $receiver) (local.get $argument))))

;; \\: the remainder has the divisor's sign
(func $primitive_31 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $kind i32)
  (local.set $kind (call $division (local.get $receiver) (local.get $argument)))
  (if (i32.eqz (local.get $kind)) (then (return (global.get $failed))))
  (if (i32.or (call $division_is_exact (local.get $kind))
      (i32.eqz (call $signs_differ (local.get $receiver) (local.get $argument))))
    (then (return_call $remainder_integer (local.get $kind) (call $is_negative (local.get $argument)))))
  (return_call $primitive_21
    (call $remainder_integer (local.get $kind) (call $is_negative (local.get $receiver))) (local.get $argument)
      (local.get $depth)))

;; //: rounded to negative infinity
(func $primitive_32 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $kind i32)
  (local.set $kind (call $division (local.get $receiver) (local.get $argument)))
  (if (i32.eqz (local.get $kind)) (then (return (global.get $failed))))
  (if (i32.or (call $division_is_exact (local.get $kind))
      (i32.eqz (call $signs_differ (local.get $receiver) (local.get $argument))))
    (then (return_call $quotient_integer (local.get $kind)
        (call $signs_differ (local.get $receiver) (local.get $argument)))))
  (return_call $primitive_22
    (call $quotient_integer (local.get $kind) (i32.const 1)) (ref.i31 (i32.const 1)) (local.get $depth)))

;; quo:
(func $primitive_33 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $kind i32)
  (local.set $kind (call $division (local.get $receiver) (local.get $argument)))
  (if (i32.eqz (local.get $kind)) (then (return (global.get $failed))))
  (return_call $quotient_integer (local.get $kind) (call $signs_differ (local.get $receiver) (local.get $argument))))

;; --- bit operations: non-negative operands of up to 64 bits; the rest is left to the image ---

;; bitAnd:
(func $primitive_34 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $a i64) (local $b i64)
  (local.set $a (call $integer_value_u64 (local.get $receiver)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (local.set $b (call $integer_value_u64 (local.get $argument)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (return_call $integer_of_u64 (i64.and (local.get $a) (local.get $b))))

;; bitOr:
(func $primitive_35 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $a i64) (local $b i64)
  (local.set $a (call $integer_value_u64 (local.get $receiver)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (local.set $b (call $integer_value_u64 (local.get $argument)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (return_call $integer_of_u64 (i64.or (local.get $a) (local.get $b))))

;; bitXor:
(func $primitive_36 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $a i64) (local $b i64)
  (local.set $a (call $integer_value_u64 (local.get $receiver)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (local.set $b (call $integer_value_u64 (local.get $argument)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (return_call $integer_of_u64 (i64.xor (local.get $a) (local.get $b))))

;; bitShift: of a magnitude of up to 64 bits, as in two's complement
(func $primitive_37 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $magnitude i64) (local $shifted i64) (local $shift i32) (local $negative i32)
  (if (i32.eqz (ref.test (ref i31) (local.get $argument))) (then (return (global.get $failed))))
  (local.set $shift (i31.get_s (ref.cast (ref i31) (local.get $argument))))
  (local.set $negative (call $is_negative (local.get $receiver)))
  (local.set $magnitude (call $integer_magnitude_u64 (local.get $receiver)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (if (i32.ge_s (local.get $shift) (i32.const 0))
    (then
      (if (i32.ge_u (local.get $shift) (i32.const 64)) (then (return (global.get $failed))))
      (local.set $shifted (i64.shl (local.get $magnitude) (i64.extend_i32_u (local.get $shift))))
      (if (i64.ne (i64.shr_u (local.get $shifted) (i64.extend_i32_u (local.get $shift))) (local.get $magnitude))
        (then (return (global.get $failed)))))
    (else
      (local.set $shift (i32.sub (i32.const 0) (local.get $shift)))
      (if (i32.lt_u (local.get $shift) (i32.const 64))
        (then (local.set $shifted (i64.shr_u (local.get $magnitude) (i64.extend_i32_u (local.get $shift))))))
      (if (i32.and (local.get $negative) (i32.or (i32.ge_u (local.get $shift) (i32.const 64))
            (i64.ne (i64.shl (local.get $shifted) (i64.extend_i32_u (local.get $shift))) (local.get $magnitude))))
        (then (local.set $shifted (i64.add (local.get $shifted) (i64.const 1)))))))
  (return_call $integer_of_magnitude (local.get $shifted) (local.get $negative)))
