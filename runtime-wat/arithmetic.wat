;; The sixteen special arithmetic selectors (+ - < > <= >= = ~= * / \\ @ bitShift: // bitAnd: bitOr:), as translated
;; code and the interpreter send them: SmallIntegers and Floats are answered here, everything else by an ordinary send.
;; Two Floats come first, in functions small enough to be inlined: translated code has looked for SmallIntegers itself.
;; Nothing but the tail call to $send_1 runs Smalltalk code.

;; The answer to two SmallIntegers, which is $failed where it is none itself.
(func $answer_or_send (param $answer eqref) (param $receiver eqref) (param $argument eqref) (param $index i32) (param $depth i32)
    (result eqref)
  (if (i32.eqz (ref.eq (local.get $answer) (global.get $failed))) (then (return (local.get $answer))))
  (return_call $send_1 (local.get $receiver) (local.get $argument)
    (array.get $Words (global.get $special_selector_ids) (local.get $index)) (local.get $depth)))

;; Sends the special selector of that index.
(func $send_special (param $receiver eqref) (param $argument eqref) (param $index i32) (param $depth i32) (result eqref)
;;@if WORD64
  (local $answer eqref)
  (if (i32.and (call $is_small_integer (local.get $receiver)) (call $is_small_integer (local.get $argument)))
    (then
      (local.set $answer (call $wide_operation (local.get $receiver) (local.get $argument) (local.get $index)))
      (if (i32.eqz (ref.eq (local.get $answer) (global.get $failed))) (then (return (local.get $answer))))))
;;@endif
  (return_call $send_1 (local.get $receiver) (local.get $argument)
    (array.get $Words (global.get $special_selector_ids) (local.get $index)) (local.get $depth)))

;;@if WORD64
;; Both are Floats or i31; with one Float, a wide SmallInteger will do that a Float can hold. What is left, the image
;; compares and converts.
(func $are_reals (param $receiver eqref) (param $argument eqref) (result i32)
  (if (i32.or (ref.test (ref $WideInteger) (local.get $receiver)) (ref.test (ref $WideInteger) (local.get $argument)))
    (then (if (i32.eqz (i32.or (ref.test (ref $Float) (local.get $receiver)) (ref.test (ref $Float) (local.get $argument))))
      (then (return (i32.const 0))))))
  (i32.and (call $is_real (local.get $receiver)) (call $is_real (local.get $argument))))

(func $is_real (param $value eqref) (result i32)
  (if (ref.test (ref $WideInteger) (local.get $value))
    (then (return (i64.le_u
      (i64.add (struct.get $WideInteger $value (ref.cast (ref $WideInteger) (local.get $value))) (i64.const 0x20000000000000))
      (i64.const 0x40000000000000)))))
  (i32.or (ref.test (ref $Float) (local.get $value)) (ref.test (ref i31) (local.get $value))))
;;@else
;; Both are Floats or SmallIntegers.
(func $are_reals (param $receiver eqref) (param $argument eqref) (result i32)
  (i32.and
    (i32.or (ref.test (ref $Float) (local.get $receiver)) (ref.test (ref i31) (local.get $receiver)))
    (i32.or (ref.test (ref $Float) (local.get $argument)) (ref.test (ref i31) (local.get $argument)))))
;;@endif

;; The value of a Float or SmallInteger.
(func $real (param $value eqref) (result f64)
  (drop (block $not_float (result eqref)
    (return (struct.get $Float $value (br_on_cast_fail $not_float eqref (ref $Float) (local.get $value))))))
;;@if WORD64
  (if (ref.test (ref $WideInteger) (local.get $value))
    (then (return (f64.convert_i64_s (struct.get $WideInteger $value (ref.cast (ref $WideInteger) (local.get $value)))))))
;;@endif
  (f64.convert_i32_s (i31.get_s (ref.cast (ref i31) (local.get $value)))))

;; +
(func $special_add (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $new_float (f64.add
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_add_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_add_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $answer eqref)
  (drop (block $not_small (result eqref)
    (local.set $answer (call $small_of_i64 (i64.extend_i32_s (i32.add
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument)))))))
    (return_call $answer_or_send (local.get $answer) (local.get $receiver) (local.get $argument)
      (i32.const 0) (local.get $depth))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $new_float (f64.add (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 0) (local.get $depth)))

;; -
(func $special_subtract (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $new_float (f64.sub
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_subtract_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_subtract_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $answer eqref)
  (drop (block $not_small (result eqref)
    (local.set $answer (call $small_of_i64 (i64.extend_i32_s (i32.sub
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument)))))))
    (return_call $answer_or_send (local.get $answer) (local.get $receiver) (local.get $argument)
      (i32.const 1) (local.get $depth))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $new_float (f64.sub (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 1) (local.get $depth)))

;; <
(func $special_less (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $as_bool (f64.lt
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_less_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_less_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (call $as_bool (i32.lt_s
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (f64.lt (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 2) (local.get $depth)))

;; >
(func $special_greater (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $as_bool (f64.gt
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_greater_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_greater_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (call $as_bool (i32.gt_s
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (f64.gt (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 3) (local.get $depth)))

;; <=
(func $special_less_equal (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $as_bool (f64.le
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_less_equal_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_less_equal_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (call $as_bool (i32.le_s
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (f64.le (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 4) (local.get $depth)))

;; >=
(func $special_greater_equal (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $as_bool (f64.ge
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_greater_equal_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_greater_equal_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (call $as_bool (i32.ge_s
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (f64.ge (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 5) (local.get $depth)))

;; =
(func $special_equal (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $as_bool (f64.eq
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_equal_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_equal_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (call $as_bool (i32.eq
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (f64.eq (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 6) (local.get $depth)))

;; ~=
(func $special_not_equal (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $as_bool (f64.ne
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_not_equal_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_not_equal_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_small (result eqref)
    (return (call $as_bool (i32.ne
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $as_bool (f64.ne (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 7) (local.get $depth)))

;; *
(func $special_multiply (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (drop (block $not_floats (result eqref)
    (return (call $new_float (f64.mul
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $receiver)))
      (struct.get $Float $value (br_on_cast_fail $not_floats eqref (ref $Float) (local.get $argument))))))))
  (return_call $special_multiply_other (local.get $receiver) (local.get $argument) (local.get $depth)))

(func $special_multiply_other (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $answer eqref)
  (drop (block $not_small (result eqref)
    (local.set $answer (call $small_of_i64 (i64.mul
      (i64.extend_i32_s (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver))))
      (i64.extend_i32_s (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument)))))))
    (return_call $answer_or_send (local.get $answer) (local.get $receiver) (local.get $argument)
      (i32.const 8) (local.get $depth))))
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $new_float (f64.mul (call $real (local.get $receiver)) (call $real (local.get $argument)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 8) (local.get $depth)))

;; /: exact for SmallIntegers; everything else, zero divisors included, is the image's business.
(func $special_divide (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $dividend i32) (local $divisor i32)
  (block $send
    (drop (block $not_small (result eqref)
      (local.set $dividend (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver))))
      (local.set $divisor (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))
      (br_if $send (i32.eqz (local.get $divisor)))
      (br_if $send (i32.rem_s (local.get $dividend) (local.get $divisor)))
      (return_call $answer_or_send
        (call $small_of_i64 (i64.extend_i32_s (i32.div_s (local.get $dividend) (local.get $divisor))))
        (local.get $receiver) (local.get $argument) (i32.const 9) (local.get $depth))))
    (br_if $send (i32.eqz (call $are_reals (local.get $receiver) (local.get $argument))))
    (br_if $send (f64.eq (call $real (local.get $argument)) (f64.const 0)))
    (return (call $new_float (f64.div (call $real (local.get $receiver)) (call $real (local.get $argument))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 9) (local.get $depth)))

;; \\: the remainder has the divisor's sign.
(func $special_modulo (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $divisor i32)
  (block $send
    (drop (block $not_small (result eqref)
      (local.set $divisor (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))
      (br_if $send (i32.eqz (local.get $divisor)))
      (return (ref.i31 (call $floor_modulo
        (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver))) (local.get $divisor)))))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 10) (local.get $depth)))

;; @
(func $special_make_point (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (if (call $are_reals (local.get $receiver) (local.get $argument))
    (then (return (call $new_point (local.get $receiver) (local.get $argument)))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 11) (local.get $depth)))

;; bitShift:
(func $special_bit_shift (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $answer eqref)
  (local.set $answer (call $primitive_17 (local.get $receiver) (local.get $argument) (local.get $depth)))
  (if (i32.eqz (ref.eq (local.get $answer) (global.get $failed))) (then (return (local.get $answer))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 12) (local.get $depth)))

;; //
(func $special_integer_divide (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $divisor i32)
  (block $send
    (drop (block $not_small (result eqref)
      (local.set $divisor (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))
      (br_if $send (i32.eqz (local.get $divisor)))
      (return_call $answer_or_send
        (call $small_of_i64 (i64.extend_i32_s (call $floor_divide
          (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver))) (local.get $divisor))))
        (local.get $receiver) (local.get $argument) (i32.const 13) (local.get $depth)))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 13) (local.get $depth)))

;; bitAnd:, of non-negative integers of up to 64 bits too
(func $special_bit_and (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $answer eqref)
  (drop (block $not_small (result eqref)
    (return (ref.i31 (i32.and
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (local.set $answer (call $primitive_14 (local.get $receiver) (local.get $argument) (local.get $depth)))
  (if (i32.eqz (ref.eq (local.get $answer) (global.get $failed))) (then (return (local.get $answer))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 14) (local.get $depth)))

;; bitOr:, of non-negative integers of up to 64 bits too
(func $special_bit_or (param $receiver eqref) (param $argument eqref) (param $depth i32) (result eqref)
  (local $answer eqref)
  (drop (block $not_small (result eqref)
    (return (ref.i31 (i32.or
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $receiver)))
      (i31.get_s (br_on_cast_fail $not_small eqref (ref i31) (local.get $argument))))))))
  (local.set $answer (call $primitive_15 (local.get $receiver) (local.get $argument) (local.get $depth)))
  (if (i32.eqz (ref.eq (local.get $answer) (global.get $failed))) (then (return (local.get $answer))))
  (return_call $send_special (local.get $receiver) (local.get $argument) (i32.const 15) (local.get $depth)))
