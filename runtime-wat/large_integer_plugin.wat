;; The named primitives of module LargeIntegers, with the plugin's own ideas of what is normalised. Receiver and
;; argument are Integers of any size; signs are ignored except where stated.

;; |receiver| + |argument| with the receiver's sign
(func $primitive_LargeIntegers_primDigitAdd (param $receiver eqref) (param $argument eqref) (param $depth i32)
  (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (return_call $integer_of_bytes
    (call $add_magnitudes (call $magnitude (local.get $receiver)) (call $magnitude (local.get $argument)))
    (call $is_negative (local.get $receiver))))

;; |receiver| - |argument|, negated if the receiver is negative
(func $primitive_LargeIntegers_primDigitSubtract (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (return_call $add_signed
    (local.get $receiver) (call $is_negative (local.get $receiver))
    (local.get $argument) (i32.eqz (call $is_negative (local.get $receiver)))))

(func $is_boolean (param $value eqref) (result i32)
  (i32.or (ref.eq (local.get $value) (global.get $true)) (ref.eq (local.get $value) (global.get $false))))

(func $primitive_LargeIntegers_primDigitMultiplyNegative
  (param $receiver eqref) (param $argument eqref) (param $negative eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (if (i32.eqz (call $is_boolean (local.get $negative))) (then (return (global.get $failed))))
  (return_call $integer_of_bytes
    (call $multiply_magnitudes (call $magnitude (local.get $receiver)) (call $magnitude (local.get $argument)))
    (ref.eq (local.get $negative) (global.get $true))))

;; A LargeInteger without leading zero byte, or a SmallInteger other than 0 if it is the divisor.
(func $is_normalized (param $value eqref) (result i32)
  (local $bytes (ref $Bytes)) (local $size i32)
  (if (i32.eqz (ref.test (ref $ByteObject) (local.get $value))) (then (return (i32.const 1))))
  (local.set $bytes (call $magnitude (local.get $value)))
  (local.set $size (array.len (local.get $bytes)))
  (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
  (i32.ne (i32.const 0) (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $size) (i32.const 1)))))

;; Array with: quotient with: remainder of the magnitudes, neither normalised. The remainder has the receiver's sign.
(func $primitive_LargeIntegers_primDigitDivNegative
  (param $receiver eqref) (param $argument eqref) (param $negative eqref) (param $depth i32) (result eqref)
  (local $quotient (ref $Bytes)) (local $remainder (ref $Bytes)) (local $sign i32)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (if (i32.or (i32.eqz (call $is_boolean (local.get $negative)))
        (ref.eq (local.get $argument) (ref.i31 (i32.const 0))))
    (then (return (global.get $failed))))
  (if (i32.eqz (i32.and (call $is_normalized (local.get $receiver)) (call $is_normalized (local.get $argument))))
    (then (return (global.get $failed))))
  (local.set $sign (call $is_negative (local.get $receiver)))
  (call $divide_magnitudes (call $magnitude (local.get $receiver)) (call $magnitude (local.get $argument)))
  (local.set $remainder)
  (local.set $quotient)
  (if (i32.eqz (array.len (local.get $quotient)))
    (then (return (call $new_pair (ref.i31 (i32.const 0)) (call $new_large (local.get $remainder) (local.get $sign))))))
  (call $new_pair
    (call $new_large (local.get $quotient) (ref.eq (local.get $negative) (global.get $true)))
    (call $new_large (call $shift_right (local.get $remainder) (i32.const 0)) (local.get $sign))))

(func $new_pair (param $first eqref) (param $second eqref) (result eqref)
  (call $new_array_with (array.new_fixed $Slots 2 (local.get $first) (local.get $second))))

;; --- bit operations on non-negative Integers ---

(func $are_non_negative (param $first eqref) (param $second eqref) (result i32)
  (i32.and (i32.eq (call $integer_sign (local.get $first)) (i32.const 1))
    (i32.eq (call $integer_sign (local.get $second)) (i32.const 1))))

(func $primitive_LargeIntegers_primDigitBitAnd (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $a (ref $Bytes)) (local $b (ref $Bytes)) (local $answer (ref $Bytes)) (local $offset i32)
  (if (i32.eqz (call $are_non_negative (local.get $receiver) (local.get $argument)))
    (then (return (global.get $failed))))
  (local.set $a (call $magnitude (local.get $receiver)))
  (local.set $b (call $magnitude (local.get $argument)))
  (local.set $answer (array.new_default $Bytes
    (select (array.len (local.get $a)) (array.len (local.get $b))
      (i32.lt_u (array.len (local.get $a)) (array.len (local.get $b))))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (array.len (local.get $answer))))
      (call $put_word (local.get $answer) (local.get $offset) (i32.and
        (call $word_at (local.get $a) (local.get $offset)) (call $word_at (local.get $b) (local.get $offset))))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (return_call $integer_of_bytes (local.get $answer) (i32.const 0)))

(func $primitive_LargeIntegers_primDigitBitOr (param $receiver eqref) (param $argument eqref) (param $depth i32)
  (result eqref)
  (local $a (ref $Bytes)) (local $b (ref $Bytes)) (local $answer (ref $Bytes)) (local $offset i32)
  (if (i32.eqz (call $are_non_negative (local.get $receiver) (local.get $argument)))
    (then (return (global.get $failed))))
  (local.set $a (call $magnitude (local.get $receiver)))
  (local.set $b (call $magnitude (local.get $argument)))
  (local.set $answer (array.new_default $Bytes
    (select (array.len (local.get $a)) (array.len (local.get $b))
      (i32.gt_u (array.len (local.get $a)) (array.len (local.get $b))))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (array.len (local.get $answer))))
      (call $put_word (local.get $answer) (local.get $offset) (i32.or
        (call $word_at (local.get $a) (local.get $offset)) (call $word_at (local.get $b) (local.get $offset))))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (return_call $integer_of_bytes (local.get $answer) (i32.const 0)))

(func $primitive_LargeIntegers_primDigitBitXor (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $a (ref $Bytes)) (local $b (ref $Bytes)) (local $answer (ref $Bytes)) (local $offset i32)
  (if (i32.eqz (call $are_non_negative (local.get $receiver) (local.get $argument)))
    (then (return (global.get $failed))))
  (local.set $a (call $magnitude (local.get $receiver)))
  (local.set $b (call $magnitude (local.get $argument)))
  (local.set $answer (array.new_default $Bytes
    (select (array.len (local.get $a)) (array.len (local.get $b))
      (i32.gt_u (array.len (local.get $a)) (array.len (local.get $b))))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (array.len (local.get $answer))))
      (call $put_word (local.get $answer) (local.get $offset) (i32.xor
        (call $word_at (local.get $a) (local.get $offset)) (call $word_at (local.get $b) (local.get $offset))))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (return_call $integer_of_bytes (local.get $answer) (i32.const 0)))

;; The magnitude shifted, the receiver's sign kept. A left shift answers a LargeInteger whatever its size.
(func $primitive_LargeIntegers_primDigitBitShiftMagnitude (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $shift i32) (local $bytes (ref $Bytes)) (local $negative i32)
  (if (i32.eqz (call $integer_sign (local.get $receiver))) (then (return (global.get $failed))))
  (if (i32.eqz (ref.test (ref i31) (local.get $argument))) (then (return (global.get $failed))))
  (local.set $shift (i31.get_s (ref.cast (ref i31) (local.get $argument))))
  (local.set $negative (call $is_negative (local.get $receiver)))
  (local.set $bytes (call $magnitude (local.get $receiver)))
  (if (i32.lt_s (local.get $shift) (i32.const 0))
    (then (return_call $integer_of_bytes
      (call $shift_right (local.get $bytes) (i32.sub (i32.const 0) (local.get $shift))) (local.get $negative))))
  (if (i32.eqz (call $significant_bytes (local.get $bytes)))
    (then (return_call $new_large (array.new_default $Bytes (i32.const 1)) (local.get $negative))))
  ;; Beyond any memory: let the image find its own way to fail.
  (if (i32.gt_u (local.get $shift) (i32.const 0x3FFFFFF)) (then (return (global.get $failed))))
  (return_call $new_large (call $shift_left (local.get $bytes) (local.get $shift)) (local.get $negative)))

;; -1, 0 or 1 for the magnitudes
(func $primitive_LargeIntegers_primDigitCompare (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (ref.i31 (call $compare_magnitudes (call $magnitude (local.get $receiver)) (call $magnitude (local.get $argument)))))

;; Is one of the magnitude's bits from .. to set? Bits are counted from 1.
(func $primitive_LargeIntegers_primAnyBitFromTo
  (param $receiver eqref) (param $from eqref) (param $to eqref) (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $start i32) (local $stop i32)
  (if (i32.eqz (i32.and (call $are_small (local.get $from) (local.get $to))
        (i32.ne (call $integer_sign (local.get $receiver)) (i32.const 0))))
    (then (return (global.get $failed))))
  (local.set $start (i31.get_s (ref.cast (ref i31) (local.get $from))))
  (local.set $stop (i31.get_s (ref.cast (ref i31) (local.get $to))))
  (if (i32.or (i32.lt_s (local.get $start) (i32.const 1)) (i32.lt_s (local.get $stop) (i32.const 1)))
    (then (return (global.get $failed))))
  (local.set $bytes (call $magnitude (local.get $receiver)))
  (if (i32.lt_u (call $high_bit (local.get $bytes)) (local.get $stop))
    (then (local.set $stop (call $high_bit (local.get $bytes)))))
  (if (i32.gt_s (local.get $start) (local.get $stop)) (then (return (global.get $false))))
  (call $as_bool (call $any_bit_below
    (call $shift_right (local.get $bytes) (i32.sub (local.get $start) (i32.const 1)))
    (i32.add (i32.sub (local.get $stop) (local.get $start)) (i32.const 1)))))

;; --- normalisation: the receiver itself if it is normalised ---

(func $normalized (param $large (ref $ByteObject)) (param $negative i32) (result eqref)
  (local $bytes (ref $Bytes))
  (local.set $bytes (struct.get $ByteObject $bytes (local.get $large)))
;;@if WORD64
  (if (i32.and (call $is_normalized (local.get $large)) (i32.gt_u (array.len (local.get $bytes)) (i32.const 8)))
    (then (return (local.get $large))))
  (if (i32.and (i32.eq (array.len (local.get $bytes)) (i32.const 8))
        (i64.gt_u (call $u64_of_bytes (local.get $bytes)) (i64.const 0x1000000000000000)))
;;@else
  (if (i32.and (call $is_normalized (local.get $large)) (i32.gt_u (array.len (local.get $bytes)) (i32.const 4)))
    (then (return (local.get $large))))
  (if (i32.and (i32.eq (array.len (local.get $bytes)) (i32.const 4))
        (i64.gt_u (call $u64_of_bytes (local.get $bytes)) (i64.const 0x40000000)))
;;@endif
    (then (if (call $is_normalized (local.get $large)) (then (return (local.get $large))))))
  (return_call $integer_of_bytes (local.get $bytes) (local.get $negative)))

(func $primitive_LargeIntegers_primNormalizePositive (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_large (local.get $receiver))) (then (return (global.get $failed))))
  (if (i32.ne (call $integer_sign (local.get $receiver)) (i32.const 1)) (then (return (global.get $failed))))
  (return_call $normalized (ref.cast (ref $ByteObject) (local.get $receiver)) (i32.const 0)))

(func $primitive_LargeIntegers_primNormalizeNegative (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_large (local.get $receiver))) (then (return (global.get $failed))))
  (if (i32.ne (call $integer_sign (local.get $receiver)) (i32.const -1)) (then (return (global.get $failed))))
  (return_call $normalized (ref.cast (ref $ByteObject) (local.get $receiver)) (i32.const 1)))

;; --- Montgomery multiplication ---

(func $primitive_LargeIntegers_primMontgomeryDigitLength (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (i32.const 32)))

(func $primitive_LargeIntegers_primMontgomeryTimesModulo (param $receiver eqref) (param $argument eqref)
  (param $modulus eqref) (param $inverse eqref) (param $depth i32) (result eqref)
  (local $a (ref $Bytes)) (local $b (ref $Bytes)) (local $m (ref $Bytes)) (local $inverseDigit i32)
  (if (i32.eqz (call $are_integers (local.get $receiver) (local.get $argument))) (then (return (global.get $failed))))
  (if (i32.eqz (call $integer_sign (local.get $modulus))) (then (return (global.get $failed))))
  (local.set $inverseDigit (call $integer_value_u32 (local.get $inverse)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (local.set $a (call $magnitude (local.get $receiver)))
  (local.set $b (call $magnitude (local.get $argument)))
  (local.set $m (call $magnitude (local.get $modulus)))
  (if (i32.or (i32.eqz (array.len (local.get $m))) (i32.or
        (i32.gt_u (call $digit_count (local.get $a)) (call $digit_count (local.get $m)))
        (i32.gt_u (call $digit_count (local.get $b)) (call $digit_count (local.get $m)))))
    (then (return (global.get $failed))))
  (return_call $integer_of_bytes
    (call $montgomery_product (local.get $a) (local.get $b) (local.get $m) (local.get $inverseDigit)) (i32.const 0)))

;; The image asks whether there is a plugin at all.
(data $large_integers_name "LargeIntegers v2.0 (i)")
(func $primitive_LargeIntegers_primGetModuleName (param $receiver eqref) (param $depth i32) (result eqref)
  (struct.new $ByteObject (global.get $class_index_string) (i32.const 0)
    (array.new_data $Bytes $large_integers_name (i32.const 0) (i32.const 22))))
