;; Division of magnitudes: Knuth's algorithm D on 32-bit digits, and Montgomery multiplication.

;; Quotient and remainder; the divisor is not 0. The quotient has as many digits as the operands' digit counts differ
;; by, and one more; both may have leading zeros.
(func $divide_magnitudes (param $dividend (ref $Bytes)) (param $divisor (ref $Bytes)) (result (ref $Bytes) (ref $Bytes))
  (local $divisorSize i32) (local $shift i32)
  (local.set $divisorSize (i32.shr_u (i32.add (call $significant_bytes (local.get $divisor)) (i32.const 3))
      (i32.const 2)))
  (if (i32.lt_u (call $digit_count (local.get $dividend)) (local.get $divisorSize))
    (then (return (array.new_default $Bytes (i32.const 0)) (local.get $dividend))))
  (if (i32.eq (local.get $divisorSize) (i32.const 1))
    (then (return (call $divide_by_digit (local.get $dividend) (call $digit (local.get $divisor) (i32.const 0))))))
  (local.set $shift (i32.clz (call $digit (local.get $divisor) (i32.sub (local.get $divisorSize) (i32.const 1)))))
  (call $divide_digits
    (call $shifted_digits (local.get $dividend) (i32.add (call $digit_count (local.get $dividend)) (i32.const 1))
      (local.get $shift))
    (call $shifted_digits (local.get $divisor) (local.get $divisorSize) (local.get $shift))
    (local.get $shift)))

(func $divide_by_digit (param $dividend (ref $Bytes)) (param $digit i32) (result (ref $Bytes) (ref $Bytes))
  (local $quotient (ref $Bytes)) (local $offset i32) (local $rest i64) (local $divisor i64) (local $part i64)
  (local.set $divisor (i64.extend_i32_u (local.get $digit)))
  (local.set $offset (i32.shl (call $digit_count (local.get $dividend)) (i32.const 2)))
  (local.set $quotient (array.new_default $Bytes (local.get $offset)))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $offset)))
      (local.set $offset (i32.sub (local.get $offset) (i32.const 4)))
      (local.set $rest (i64.or (i64.shl (local.get $rest) (i64.const 32))
        (i64.extend_i32_u (call $word_at (local.get $dividend) (local.get $offset)))))
      (local.set $part (i64.div_u (local.get $rest) (local.get $divisor)))
      (local.set $rest (i64.sub (local.get $rest) (i64.mul (local.get $part) (local.get $divisor))))
      (call $put_word (local.get $quotient) (local.get $offset) (i32.wrap_i64 (local.get $part)))
      (br $next)))
  (local.get $quotient)
  (call $bytes_of_u64 (local.get $rest)))

;; size digits of the magnitude shifted left by less than 32 bits.
(func $shifted_digits (param $bytes (ref $Bytes)) (param $size i32) (param $shift i32) (result (ref $Words))
  (local $digits (ref $Words)) (local $index i32) (local $carry i64)
  (local.set $digits (array.new_default $Words (local.get $size)))
  (loop $next
    (local.set $carry (i64.or (i64.shr_u (local.get $carry) (i64.const 32))
      (i64.shl (i64.extend_i32_u (call $digit (local.get $bytes) (local.get $index)))
        (i64.extend_i32_u (local.get $shift)))))
    (array.set $Words (local.get $digits) (local.get $index) (i32.wrap_i64 (local.get $carry)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (local.get $size))))
  (local.get $digits))

;; rest has one digit more than the dividend; the divisor's highest bit is set and it has two digits at least.
(func $divide_digits (param $rest (ref $Words)) (param $divisor (ref $Words)) (param $shift i32)
  (result (ref $Bytes) (ref $Bytes))
  (local $quotient (ref $Bytes)) (local $size i32) (local $at i32) (local $digit i64)
  (local.set $size (array.len (local.get $divisor)))
  (local.set $at (i32.sub (array.len (local.get $rest)) (local.get $size)))
  (local.set $quotient (array.new_default $Bytes (i32.shl (local.get $at) (i32.const 2))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $at)))
      (local.set $at (i32.sub (local.get $at) (i32.const 1)))
      (local.set $digit (call $estimated_quotient (local.get $rest) (i32.add (local.get $at) (local.get $size))
        (local.get $divisor)))
      (if (call $subtract_multiple (local.get $rest) (local.get $at) (local.get $divisor) (local.get $digit))
        (then
          (local.set $digit (i64.sub (local.get $digit) (i64.const 1)))
          (call $add_back (local.get $rest) (local.get $at) (local.get $divisor))))
      (call $put_word (local.get $quotient) (i32.shl (local.get $at) (i32.const 2)) (i32.wrap_i64 (local.get $digit)))
      (br $next)))
  (local.get $quotient)
  (call $shift_right
    (call $bytes_of_digits (local.get $rest) (i32.shl (local.get $size) (i32.const 2)))
    (local.get $shift)))

;; The next quotient digit from the top three digits of the rest (top is the index of its highest) and the top two of
;; the divisor: right, or one too much.
(func $estimated_quotient (param $rest (ref $Words)) (param $top i32) (param $divisor (ref $Words)) (result i64)
  (local $high i64) (local $second i64) (local $third i64) (local $numerator i64) (local $quotient i64)
    (local $remainder i64)
  (local.set $high (i64.extend_i32_u (array.get $Words (local.get $divisor)
    (i32.sub (array.len (local.get $divisor)) (i32.const 1)))))
  (local.set $second (i64.extend_i32_u (array.get $Words (local.get $divisor)
    (i32.sub (array.len (local.get $divisor)) (i32.const 2)))))
  (local.set $third (i64.extend_i32_u (array.get $Words (local.get $rest) (i32.sub (local.get $top) (i32.const 2)))))
  (local.set $numerator (i64.or
    (i64.shl (i64.extend_i32_u (array.get $Words (local.get $rest) (local.get $top))) (i64.const 32))
    (i64.extend_i32_u (array.get $Words (local.get $rest) (i32.sub (local.get $top) (i32.const 1))))))
  (local.set $quotient (i64.div_u (local.get $numerator) (local.get $high)))
  (local.set $remainder (i64.sub (local.get $numerator) (i64.mul (local.get $quotient) (local.get $high))))
  (loop $correct
    (if (if (result i32) (i64.gt_u (local.get $quotient) (i64.const 0xFFFFFFFF))
          (then (i32.const 1))
          (else (i64.gt_u (i64.mul (local.get $quotient) (local.get $second))
            (i64.or (i64.shl (local.get $remainder) (i64.const 32)) (local.get $third)))))
      (then
        (local.set $quotient (i64.sub (local.get $quotient) (i64.const 1)))
        (local.set $remainder (i64.add (local.get $remainder) (local.get $high)))
        (br_if $correct (i64.le_u (local.get $remainder) (i64.const 0xFFFFFFFF))))))
  (local.get $quotient))

;; rest -= divisor * digit, from index at on. Answers 1 when that was too much.
(func $subtract_multiple (param $rest (ref $Words)) (param $at i32) (param $divisor (ref $Words))
  (param $digit i64) (result i32)
  (local $index i32) (local $borrow i64) (local $product i64) (local $difference i64)
  (loop $next
    (local.set $product (i64.mul (local.get $digit)
      (i64.extend_i32_u (array.get $Words (local.get $divisor) (local.get $index)))))
    (local.set $difference (i64.sub
      (i64.sub (i64.extend_i32_u (array.get $Words (local.get $rest) (local.get $at))) (local.get $borrow))
      (i64.and (local.get $product) (i64.const 0xFFFFFFFF))))
    (array.set $Words (local.get $rest) (local.get $at) (i32.wrap_i64 (local.get $difference)))
    (local.set $borrow (i64.sub (i64.shr_u (local.get $product) (i64.const 32))
      (i64.shr_s (local.get $difference) (i64.const 32))))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1)))
        (array.len (local.get $divisor)))))
  (local.set $difference (i64.sub
    (i64.extend_i32_u (array.get $Words (local.get $rest) (local.get $at))) (local.get $borrow)))
  (array.set $Words (local.get $rest) (local.get $at) (i32.wrap_i64 (local.get $difference)))
  (i64.lt_s (local.get $difference) (i64.const 0)))

(func $add_back (param $rest (ref $Words)) (param $at i32) (param $divisor (ref $Words))
  (local $index i32) (local $accumulator i64)
  (loop $next
    (local.set $accumulator (i64.add (i64.shr_u (local.get $accumulator) (i64.const 32))
      (i64.add
        (i64.extend_i32_u (array.get $Words (local.get $rest) (local.get $at)))
        (i64.extend_i32_u (array.get $Words (local.get $divisor) (local.get $index))))))
    (array.set $Words (local.get $rest) (local.get $at) (i32.wrap_i64 (local.get $accumulator)))
    (local.set $at (i32.add (local.get $at) (i32.const 1)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1)))
        (array.len (local.get $divisor)))))
  (array.set $Words (local.get $rest) (local.get $at) (i32.add
    (array.get $Words (local.get $rest) (local.get $at))
    (i32.wrap_i64 (i64.shr_u (local.get $accumulator) (i64.const 32))))))

;; --- Montgomery multiplication: first * second / B**n modulo modulus, where B is 2**32 and the modulus has n digits.
;; inverse is -1 / modulus modulo B. No operand is longer than the modulus.

(func $montgomery_product (param $first (ref $Bytes)) (param $second (ref $Bytes)) (param $modulusBytes (ref $Bytes))
  (param $inverse i32) (result (ref $Bytes))
  (local $product (ref $Words)) (local $factor (ref $Words)) (local $modulus (ref $Words)) (local $index i32)
    (local $size i32)
  (local $top i32)
  (local.set $modulus (call $digits_of (local.get $modulusBytes)))
  (local.set $size (array.len (local.get $modulus)))
  (local.set $factor (array.new_default $Words (local.get $size)))
  (array.copy $Words $Words (local.get $factor) (i32.const 0)
    (call $digits_of (local.get $second)) (i32.const 0) (call $digit_count (local.get $second)))
  (local.set $product (array.new_default $Words (local.get $size)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (local.get $size)))
      (local.set $top (call $montgomery_step (local.get $product) (local.get $top)
        (i64.extend_i32_u (call $digit (local.get $first) (local.get $index)))
        (local.get $factor) (local.get $modulus) (local.get $inverse)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (call $montgomery_reduce (local.get $product) (local.get $top) (local.get $modulus))
  (call $bytes_of_digits (local.get $product) (i32.shl (local.get $size) (i32.const 2))))

;; product := (product + digit * factor + u * modulus) / B with the u that makes it divisible. The digit above the
;; product's top comes in as top and goes out as the answer.
(func $montgomery_step (param $product (ref $Words)) (param $top i32) (param $digit i64) (param $factor (ref $Words))
  (param $modulus (ref $Words)) (param $inverse i32) (result i32)
  (local $index i32) (local $carry i64) (local $multiple i64) (local $first i64) (local $second i64)
  (local.set $multiple (i64.extend_i32_u (i32.mul (local.get $inverse) (i32.add
    (array.get $Words (local.get $product) (i32.const 0))
    (i32.mul (i32.wrap_i64 (local.get $digit)) (array.get $Words (local.get $factor) (i32.const 0)))))))
  (loop $next
    (local.set $first (i64.add
      (i64.mul (local.get $digit) (i64.extend_i32_u (array.get $Words (local.get $factor) (local.get $index))))
      (i64.extend_i32_u (array.get $Words (local.get $product) (local.get $index)))))
    (local.set $second (i64.mul (local.get $multiple)
      (i64.extend_i32_u (array.get $Words (local.get $modulus) (local.get $index)))))
    (local.set $carry (i64.add (local.get $carry) (i64.add
      (i64.and (local.get $first) (i64.const 0xFFFFFFFF)) (i64.and (local.get $second) (i64.const 0xFFFFFFFF)))))
    (if (local.get $index)
      (then (array.set $Words (local.get $product) (i32.sub (local.get $index) (i32.const 1))
        (i32.wrap_i64 (local.get $carry)))))
    (local.set $carry (i64.add (i64.shr_u (local.get $carry) (i64.const 32))
      (i64.add (i64.shr_u (local.get $first) (i64.const 32)) (i64.shr_u (local.get $second) (i64.const 32)))))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1)))
        (array.len (local.get $modulus)))))
  (local.set $carry (i64.add (local.get $carry) (i64.extend_i32_u (local.get $top))))
  (array.set $Words (local.get $product) (i32.sub (local.get $index) (i32.const 1)) (i32.wrap_i64 (local.get $carry)))
  (i32.wrap_i64 (i64.shr_u (local.get $carry) (i64.const 32))))

;; Subtracts the modulus once if the product is not below it.
(func $montgomery_reduce (param $product (ref $Words)) (param $top i32) (param $modulus (ref $Words))
  (local $index i32) (local $accumulator i64)
  (if (i32.eqz (local.get $top))
    (then
      (local.set $index (array.len (local.get $modulus)))
      (block $reduce
        (loop $next
          (br_if $reduce (i32.eqz (local.get $index)))
          (local.set $index (i32.sub (local.get $index) (i32.const 1)))
          (br_if $next (i32.eq (array.get $Words (local.get $product) (local.get $index))
            (array.get $Words (local.get $modulus) (local.get $index))))
          (br_if $reduce (i32.gt_u (array.get $Words (local.get $product) (local.get $index))
            (array.get $Words (local.get $modulus) (local.get $index))))
          (return)))))
  (local.set $index (i32.const 0))
  (loop $next
    (local.set $accumulator (i64.sub
      (i64.add (i64.shr_s (local.get $accumulator) (i64.const 32))
        (i64.extend_i32_u (array.get $Words (local.get $product) (local.get $index))))
      (i64.extend_i32_u (array.get $Words (local.get $modulus) (local.get $index)))))
    (array.set $Words (local.get $product) (local.get $index) (i32.wrap_i64 (local.get $accumulator)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1)))
        (array.len (local.get $modulus))))))
