;; Float: the numbered primitives 38 to 59, and 541 to 559, which 64-bit images use for immediate Floats. Arguments may
;; be SmallIntegers.

;; basicAt: 1 the high, 2 the low 32 bits
(func $primitive_38 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $bits i64)
  (drop (block $failed (result eqref)
    (local.set $bits (i64.reinterpret_f64
        (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver)))))
    (if (ref.eq (local.get $argument) (ref.i31 (i32.const 1)))
      (then (return (call $integer_of_u32 (i32.wrap_i64 (i64.shr_u (local.get $bits) (i64.const 32)))))))
    (if (ref.eq (local.get $argument) (ref.i31 (i32.const 2)))
      (then (return (call $integer_of_u32 (i32.wrap_i64 (local.get $bits))))))
    (ref.null eq)))
  (global.get $failed))

;; basicAt:put:
(func $primitive_39 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (local $float (ref null $Float)) (local $word i64) (local $shift i64)
  (drop (block $failed (result eqref)
    (local.set $float (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver)))
    (local.set $word (i64.extend_i32_u (call $integer_value_u32 (local.get $value))))
    (if (i32.or (i32.eqz (global.get $integer_valid))
;;@if WORD64
          (call $cannot_change (local.get $float)))
;;@else
          (i32.ne (i32.const 0) (i32.and (struct.get $Float $hash (local.get $float)) (i32.const 0x400000))))
;;@endif
      (then (return (global.get $failed))))
    (if (ref.eq (local.get $index) (ref.i31 (i32.const 1)))
      (then (local.set $shift (i64.const 32)))
      (else (if (i32.eqz (ref.eq (local.get $index) (ref.i31 (i32.const 2)))) (then (return (global.get $failed))))))
    (struct.set $Float $value (local.get $float) (f64.reinterpret_i64 (i64.or
      (i64.and (i64.reinterpret_f64 (struct.get $Float $value (local.get $float)))
        (i64.shl (i64.const 0xFFFFFFFF) (i64.sub (i64.const 32) (local.get $shift))))
      (i64.shl (local.get $word) (local.get $shift)))))
    (return (local.get $value))))
  (global.get $failed))

;; asFloat, of SmallIntegers
(func $primitive_40 (param $receiver eqref) (param $depth i32) (result eqref)
;;@if WORD64
  (if (ref.test (ref $WideInteger) (local.get $receiver)) (then (return (call $new_float (call $real (local.get $receiver))))))
;;@endif
  (drop (block $failed (result eqref)
    (return (call $new_float (f64.convert_i32_s
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $receiver))))))))
  (global.get $failed))

;; +
(func $primitive_41 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $new_float (f64.add (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; -
(func $primitive_42 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $new_float (f64.sub (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; <
(func $primitive_43 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (f64.lt (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; >
(func $primitive_44 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (f64.gt (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; <=
(func $primitive_45 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (f64.le (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; >=
(func $primitive_46 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (f64.ge (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; =
(func $primitive_47 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (f64.eq (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; ~=
(func $primitive_48 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $as_bool (f64.ne (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; *
(func $primitive_49 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (call $new_float (f64.mul (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; /, except by zero
(func $primitive_50 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (if (f64.eq (call $real (local.get $argument)) (f64.const 0)) (then (return (global.get $failed))))
  (call $new_float (f64.div (call $real (local.get $receiver)) (call $real (local.get $argument)))))

;; truncated, of what is less than 2**63
(func $primitive_51 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $value f64)
  (drop (block $failed (result eqref)
    (local.set $value (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))
    (if (f64.lt (f64.abs (local.get $value)) (f64.const 0x1p63))
      (then (return (call $integer_of_i64 (i64.trunc_f64_s (local.get $value))))))
    (ref.null eq)))
  (global.get $failed))

;; fractionPart, with the receiver's sign; 0 for the infinities
(func $primitive_52 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $value f64)
  (drop (block $failed (result eqref)
    (local.set $value (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))
    (if (f64.eq (f64.abs (local.get $value)) (f64.const inf))
      (then (return (call $new_float (f64.copysign (f64.const 0) (local.get $value))))))
    (return (call $new_float (f64.copysign
      (f64.sub (local.get $value) (f64.trunc (local.get $value))) (local.get $value))))))
  (global.get $failed))

;; exponent; -1 for zero, infinities and NaN
(func $primitive_53 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $value f64) (local $exponent i32)
  (drop (block $failed (result eqref)
    (local.set $value (f64.abs (struct.get $Float $value
          (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver)))))
    (if (i32.or (f64.eq (local.get $value) (f64.const 0)) (i32.eqz (f64.lt (local.get $value) (f64.const inf))))
      (then (return (ref.i31 (i32.const -1)))))
    ;; Denormals are made normal first.
    (if (f64.lt (local.get $value) (f64.const 0x1p-1022))
      (then
        (local.set $value (f64.mul (local.get $value) (f64.const 0x1p64)))
        (local.set $exponent (i32.const -64))))
    (return (ref.i31 (i32.add (local.get $exponent) (i32.sub
      (i32.wrap_i64 (i64.shr_u (i64.reinterpret_f64 (local.get $value)) (i64.const 52))) (i32.const 1023)))))))
  (global.get $failed))

;; 2**exponent, of -1022 to 1023
(func $power_of_two (param $exponent i32) (result f64)
  (f64.reinterpret_i64 (i64.shl (i64.extend_i32_u (i32.add (local.get $exponent) (i32.const 1023))) (i64.const 52))))

;; value * 2**exponent, rounded once: steps on the way down end above the denormals.
(func $scale (param $value f64) (param $exponent i32) (result f64)
  (if (i32.gt_s (local.get $exponent) (i32.const 3000)) (then (local.set $exponent (i32.const 3000))))
  (if (i32.lt_s (local.get $exponent) (i32.const -3000)) (then (local.set $exponent (i32.const -3000))))
  (loop $again
    (if (i32.gt_s (local.get $exponent) (i32.const 1023))
      (then
        (local.set $value (f64.mul (local.get $value) (f64.const 0x1p1023)))
        (local.set $exponent (i32.sub (local.get $exponent) (i32.const 1023)))
        (br $again)))
    (if (i32.lt_s (local.get $exponent) (i32.const -1022))
      (then
        (local.set $value (f64.mul (local.get $value) (f64.const 0x1p-968)))
        (local.set $exponent (i32.add (local.get $exponent) (i32.const 968)))
        (br $again))))
  (f64.mul (local.get $value) (call $power_of_two (local.get $exponent))))

;; timesTwoPower:
(func $primitive_54 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $new_float (call $scale
      (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $argument))))))))
  (global.get $failed))

;; sqrt, of non-negative Floats
(func $primitive_55 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $value f64)
  (drop (block $failed (result eqref)
    (local.set $value (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))
    (if (f64.ge (local.get $value) (f64.const 0)) (then (return (call $new_float (f64.sqrt (local.get $value))))))
    (ref.null eq)))
  (global.get $failed))

;; sin
(func $primitive_56 (param $receiver eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $new_float (call $host_sin
          (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))))))
  (global.get $failed))

;; arcTan
(func $primitive_57 (param $receiver eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $new_float (call $host_atan
          (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))))))
  (global.get $failed))

;; ln
(func $primitive_58 (param $receiver eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $new_float (call $host_log
          (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))))))
  (global.get $failed))

;; exp
(func $primitive_59 (param $receiver eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $new_float (call $host_exp
          (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))))))
  (global.get $failed))

;; cos
(func $primitive_150 (param $receiver eqref) (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (return (call $new_float (call $host_cos
          (struct.get $Float $value (br_on_cast_fail $failed eqref (ref $Float) (local.get $receiver))))))))
  (global.get $failed))

;; --- the same for immediate Floats ---

(func $primitive_560 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_150 (local.get $receiver) (local.get $depth)))

;;@repeat 41 50
(func $primitive_5@n (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (return_call $primitive_@n (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@end
;;@repeat 51 53
(func $primitive_5@n (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_@n (local.get $receiver) (local.get $depth)))
;;@end
(func $primitive_554 (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (return_call $primitive_54 (local.get $receiver) (local.get $argument) (local.get $depth)))
;;@repeat 55 59
(func $primitive_5@n (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_@n (local.get $receiver) (local.get $depth)))
;;@end
