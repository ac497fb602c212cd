;; Arithmetic on magnitudes: byte arrays, little endian, read and written 32 bits at a time (a digit), with i64 in
;; between. Multiplication and division unpack their operands into arrays of digits. Answers are new arrays and may have
;; leading zeros. The longest loops take whole digits apart in place (that is what the blocks of @each are), as calls
;; there cost as much as the work.

;; Four bytes from offset on, as far as there are any.
(func $word_at (param $bytes (ref $Bytes)) (param $offset i32) (result i32)
  (if (i32.gt_s (i32.add (local.get $offset) (i32.const 4)) (array.len (local.get $bytes)))
    (then (return (call $partial_word_at (local.get $bytes) (local.get $offset)))))
  (i32.or
    (i32.or
      (array.get_u $Bytes (local.get $bytes) (local.get $offset))
      (i32.shl (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const 1))) (i32.const 8)))
    (i32.or
      (i32.shl (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const 2))) (i32.const 16))
      (i32.shl (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const 3))) (i32.const 24)))))

(func $partial_word_at (param $bytes (ref $Bytes)) (param $offset i32) (result i32)
  (local $index i32) (local $word i32)
  (local.set $index (array.len (local.get $bytes)))
  (block $done
    (loop $next
      (br_if $done (i32.le_s (local.get $index) (local.get $offset)))
      (local.set $index (i32.sub (local.get $index) (i32.const 1)))
      (local.set $word (i32.or (i32.shl (local.get $word) (i32.const 8))
        (array.get_u $Bytes (local.get $bytes) (local.get $index))))
      (br $next)))
  (local.get $word))

;; Writes four bytes from offset on, as far as the array goes.
(func $put_word (param $bytes (ref $Bytes)) (param $offset i32) (param $word i32)
  (if (i32.gt_s (i32.add (local.get $offset) (i32.const 4)) (array.len (local.get $bytes)))
    (then (return (call $put_partial_word (local.get $bytes) (local.get $offset) (local.get $word)))))
  (array.set $Bytes (local.get $bytes) (local.get $offset) (local.get $word))
  (array.set $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const 1))
    (i32.shr_u (local.get $word) (i32.const 8)))
  (array.set $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const 2))
    (i32.shr_u (local.get $word) (i32.const 16)))
  (array.set $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const 3))
    (i32.shr_u (local.get $word) (i32.const 24))))

(func $put_partial_word (param $bytes (ref $Bytes)) (param $offset i32) (param $word i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $offset) (array.len (local.get $bytes))))
      (array.set $Bytes (local.get $bytes) (local.get $offset) (local.get $word))
      (local.set $word (i32.shr_u (local.get $word) (i32.const 8)))
      (local.set $offset (i32.add (local.get $offset) (i32.const 1)))
      (br $next))))

(func $digit (param $bytes (ref $Bytes)) (param $index i32) (result i32)
  (call $word_at (local.get $bytes) (i32.shl (local.get $index) (i32.const 2))))

(func $digit_count (param $bytes (ref $Bytes)) (result i32)
  (i32.shr_u (i32.add (array.len (local.get $bytes)) (i32.const 3)) (i32.const 2)))

;;@repeat 4 4
(func $digits_of (param $bytes (ref $Bytes)) (result (ref $Words))
  (local $digits (ref $Words)) (local $index i32) (local $offset i32)
  (local.set $digits (array.new_default $Words (call $digit_count (local.get $bytes))))
  (block $done
    (loop $next
      (br_if $done (i32.gt_s (i32.add (local.get $offset) (i32.const 4)) (array.len (local.get $bytes))))
      (array.set $Words (local.get $digits) (local.get $index)
        (block (result i32) (i32.const 0)
          @each{(i32.shl (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const @i)))
            (i32.mul (i32.const @i) (i32.const 8))) i32.or
          }))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (if (i32.lt_u (local.get $index) (array.len (local.get $digits)))
    (then (array.set $Words (local.get $digits) (local.get $index)
        (call $word_at (local.get $bytes) (local.get $offset)))))
  (local.get $digits))
;;@end

;; The low size bytes of the digits.
;;@repeat 4 4
(func $bytes_of_digits (param $digits (ref $Words)) (param $size i32) (result (ref $Bytes))
  (local $bytes (ref $Bytes)) (local $index i32) (local $offset i32) (local $word i32)
  (local.set $bytes (array.new_default $Bytes (local.get $size)))
  (block $done
    (loop $next
      (br_if $done (i32.gt_s (i32.add (local.get $offset) (i32.const 4)) (local.get $size)))
      (local.set $word (array.get $Words (local.get $digits) (local.get $index)))
      @each{(array.set $Bytes (local.get $bytes) (i32.add (local.get $offset) (i32.const @i))
        (i32.shr_u (local.get $word) (i32.mul (i32.const @i) (i32.const 8))))
      }(local.set $index (i32.add (local.get $index) (i32.const 1)))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (if (i32.lt_u (local.get $offset) (local.get $size))
    (then (call $put_word (local.get $bytes) (local.get $offset)
        (array.get $Words (local.get $digits) (local.get $index)))))
  (local.get $bytes))
;;@end

(func $significant_bytes (param $bytes (ref $Bytes)) (result i32)
  (local $size i32)
  (local.set $size (array.len (local.get $bytes)))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $size)))
      (br_if $done (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $size) (i32.const 1))))
      (local.set $size (i32.sub (local.get $size) (i32.const 1)))
      (br $next)))
  (local.get $size))

;; The number of the highest bit that is set, counted from 1; 0 for zero.
(func $high_bit (param $bytes (ref $Bytes)) (result i32)
  (local $size i32)
  (local.set $size (call $significant_bytes (local.get $bytes)))
  (if (i32.eqz (local.get $size)) (then (return (i32.const 0))))
  (i32.add
    (i32.shl (i32.sub (local.get $size) (i32.const 1)) (i32.const 3))
    (i32.sub (i32.const 32)
      (i32.clz (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $size) (i32.const 1)))))))

;; -1, 0 or 1 as first is less than, equal to or greater than second.
(func $compare_magnitudes (param $first (ref $Bytes)) (param $second (ref $Bytes)) (result i32)
  (local $index i32) (local $firstByte i32) (local $secondByte i32)
  (local.set $index (call $significant_bytes (local.get $first)))
  (local.set $firstByte (local.get $index))
  (local.set $secondByte (call $significant_bytes (local.get $second)))
  (block $differ
    (loop $next
      (br_if $differ (i32.ne (local.get $firstByte) (local.get $secondByte)))
      (if (i32.eqz (local.get $index)) (then (return (i32.const 0))))
      (local.set $index (i32.sub (local.get $index) (i32.const 1)))
      (local.set $firstByte (array.get_u $Bytes (local.get $first) (local.get $index)))
      (local.set $secondByte (array.get_u $Bytes (local.get $second) (local.get $index)))
      (br $next)))
  (select (i32.const 1) (i32.const -1) (i32.gt_u (local.get $firstByte) (local.get $secondByte))))

;; The sum, as long as the longer operand, or one byte longer.
;;@repeat 4 4
(func $add_magnitudes (param $long (ref $Bytes)) (param $short (ref $Bytes)) (result (ref $Bytes))
  (local $sum (ref $Bytes)) (local $size i32) (local $offset i32) (local $whole i32) (local $word i32)
    (local $accumulator i64)
  (if (i32.lt_u (array.len (local.get $long)) (array.len (local.get $short)))
    (then (return_call $add_magnitudes (local.get $short) (local.get $long))))
  (local.set $size (array.len (local.get $long)))
  (local.set $sum (array.new_default $Bytes (local.get $size)))
  (local.set $whole (i32.and (i32.const -4) (array.len (local.get $short))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (local.get $whole)))
      (local.set $accumulator (i64.add
        (i64.add (i64.shr_u (local.get $accumulator) (i64.const 32)) (i64.extend_i32_u
        (block (result i32) (i32.const 0)
          @each{(i32.shl (array.get_u $Bytes (local.get $long) (i32.add (local.get $offset) (i32.const @i)))
            (i32.mul (i32.const @i) (i32.const 8))) i32.or
          })))
        (i64.extend_i32_u
        (block (result i32) (i32.const 0)
          @each{(i32.shl (array.get_u $Bytes (local.get $short) (i32.add (local.get $offset) (i32.const @i)))
            (i32.mul (i32.const @i) (i32.const 8))) i32.or
          }))))
      (local.set $word (i32.wrap_i64 (local.get $accumulator)))
      @each{(array.set $Bytes (local.get $sum) (i32.add (local.get $offset) (i32.const @i))
        (i32.shr_u (local.get $word) (i32.mul (i32.const @i) (i32.const 8))))
      }(local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (local.get $size)))
      (local.set $accumulator (i64.add
        (i64.add (i64.shr_u (local.get $accumulator) (i64.const 32))
          (i64.extend_i32_u (call $word_at (local.get $long) (local.get $offset))))
        (i64.extend_i32_u (call $word_at (local.get $short) (local.get $offset)))))
      (call $put_word (local.get $sum) (local.get $offset) (i32.wrap_i64 (local.get $accumulator)))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  ;; What the last, possibly shorter digit could not hold.
  (local.set $accumulator (i64.shr_u (local.get $accumulator)
    (i64.extend_i32_u (i32.shl (i32.sub (local.get $size) (i32.sub (local.get $offset) (i32.const 4))) (i32.const 3)))))
  (if (i64.eqz (local.get $accumulator)) (then (return (local.get $sum))))
  (call $extended (local.get $sum) (i32.wrap_i64 (local.get $accumulator))))
;;@end

;; A copy with one more byte on top.
(func $extended (param $bytes (ref $Bytes)) (param $top i32) (result (ref $Bytes))
  (local $copy (ref $Bytes)) (local $size i32)
  (local.set $size (array.len (local.get $bytes)))
  (local.set $copy (array.new_default $Bytes (i32.add (local.get $size) (i32.const 1))))
  (array.copy $Bytes $Bytes (local.get $copy) (i32.const 0) (local.get $bytes) (i32.const 0) (local.get $size))
  (array.set $Bytes (local.get $copy) (local.get $size) (local.get $top))
  (local.get $copy))

;; large - small, where large >= small.
;;@repeat 4 4
(func $subtract_magnitudes (param $large (ref $Bytes)) (param $small (ref $Bytes)) (result (ref $Bytes))
  (local $difference (ref $Bytes)) (local $size i32) (local $offset i32) (local $whole i32) (local $word i32)
    (local $accumulator i64)
  (local.set $size (array.len (local.get $large)))
  (local.set $difference (array.new_default $Bytes (local.get $size)))
  (local.set $whole (i32.and (i32.const -4) (select (array.len (local.get $small)) (local.get $size)
    (i32.lt_u (array.len (local.get $small)) (local.get $size)))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (local.get $whole)))
      (local.set $accumulator (i64.sub
        (i64.add (i64.shr_s (local.get $accumulator) (i64.const 32)) (i64.extend_i32_u
        (block (result i32) (i32.const 0)
          @each{(i32.shl (array.get_u $Bytes (local.get $large) (i32.add (local.get $offset) (i32.const @i)))
            (i32.mul (i32.const @i) (i32.const 8))) i32.or
          })))
        (i64.extend_i32_u
        (block (result i32) (i32.const 0)
          @each{(i32.shl (array.get_u $Bytes (local.get $small) (i32.add (local.get $offset) (i32.const @i)))
            (i32.mul (i32.const @i) (i32.const 8))) i32.or
          }))))
      (local.set $word (i32.wrap_i64 (local.get $accumulator)))
      @each{(array.set $Bytes (local.get $difference) (i32.add (local.get $offset) (i32.const @i))
        (i32.shr_u (local.get $word) (i32.mul (i32.const @i) (i32.const 8))))
      }(local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (local.get $size)))
      (local.set $accumulator (i64.sub
        (i64.add (i64.shr_s (local.get $accumulator) (i64.const 32))
          (i64.extend_i32_u (call $word_at (local.get $large) (local.get $offset))))
        (i64.extend_i32_u (call $word_at (local.get $small) (local.get $offset)))))
      (call $put_word (local.get $difference) (local.get $offset) (i32.wrap_i64 (local.get $accumulator)))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (local.get $difference))
;;@end

;; The product, as long as both operands together.
(func $multiply_magnitudes (param $long (ref $Bytes)) (param $short (ref $Bytes)) (result (ref $Bytes))
  (if (i32.lt_u (array.len (local.get $long)) (array.len (local.get $short)))
    (then (return_call $multiply_magnitudes (local.get $short) (local.get $long))))
  (if (i32.le_u (array.len (local.get $short)) (i32.const 4))
    (then (return_call $multiply_by_digit (local.get $long) (call $digit (local.get $short) (i32.const 0))
      (i32.add (array.len (local.get $long)) (array.len (local.get $short))))))
  (call $bytes_of_digits
    (call $multiply_digits (call $digits_of (local.get $long)) (call $digits_of (local.get $short)))
    (i32.add (array.len (local.get $long)) (array.len (local.get $short)))))

;;@repeat 4 4
(func $multiply_by_digit (param $long (ref $Bytes)) (param $digit i32) (param $size i32) (result (ref $Bytes))
  (local $product (ref $Bytes)) (local $offset i32) (local $accumulator i64) (local $whole i32) (local $word i32)
  (local.set $product (array.new_default $Bytes (local.get $size)))
  (local.set $whole (i32.and (array.len (local.get $long)) (i32.const -4)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (local.get $whole)))
      (local.set $accumulator (i64.add (i64.shr_u (local.get $accumulator) (i64.const 32))
        (i64.mul (i64.extend_i32_u (local.get $digit)) (i64.extend_i32_u
        (block (result i32) (i32.const 0)
          @each{(i32.shl (array.get_u $Bytes (local.get $long) (i32.add (local.get $offset) (i32.const @i)))
            (i32.mul (i32.const @i) (i32.const 8))) i32.or
          })))))
      (local.set $word (i32.wrap_i64 (local.get $accumulator)))
      @each{(array.set $Bytes (local.get $product) (i32.add (local.get $offset) (i32.const @i))
        (i32.shr_u (local.get $word) (i32.mul (i32.const @i) (i32.const 8))))
      }(local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $offset) (local.get $size)))
      (local.set $accumulator (i64.add (i64.shr_u (local.get $accumulator) (i64.const 32))
        (i64.mul (i64.extend_i32_u (local.get $digit))
          (i64.extend_i32_u (call $word_at (local.get $long) (local.get $offset))))))
      (call $put_word (local.get $product) (local.get $offset) (i32.wrap_i64 (local.get $accumulator)))
      (local.set $offset (i32.add (local.get $offset) (i32.const 4)))
      (br $next)))
  (local.get $product))
;;@end

(func $multiply_digits (param $long (ref $Words)) (param $short (ref $Words)) (result (ref $Words))
  (local $product (ref $Words)) (local $index i32) (local $inner i32) (local $at i32) (local $longSize i32)
  (local $digit i64) (local $accumulator i64)
  (local.set $longSize (array.len (local.get $long)))
  (local.set $product (array.new_default $Words (i32.add (local.get $longSize) (array.len (local.get $short)))))
  (block $done
    (loop $nextDigit
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $short))))
      (local.set $digit (i64.extend_i32_u (array.get $Words (local.get $short) (local.get $index))))
      (local.set $inner (i32.const 0))
      (local.set $accumulator (i64.const 0))
      (local.set $at (local.get $index))
      (loop $next
        (local.set $accumulator (i64.add
          (i64.add (i64.shr_u (local.get $accumulator) (i64.const 32))
            (i64.extend_i32_u (array.get $Words (local.get $product) (local.get $at))))
          (i64.mul (local.get $digit) (i64.extend_i32_u (array.get $Words (local.get $long) (local.get $inner))))))
        (array.set $Words (local.get $product) (local.get $at) (i32.wrap_i64 (local.get $accumulator)))
        (local.set $at (i32.add (local.get $at) (i32.const 1)))
        (br_if $next (i32.lt_u (local.tee $inner (i32.add (local.get $inner) (i32.const 1))) (local.get $longSize))))
      (array.set $Words (local.get $product) (local.get $at)
        (i32.wrap_i64 (i64.shr_u (local.get $accumulator) (i64.const 32))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $nextDigit)))
  (local.get $product))

;; --- shifts ---

;; Shifted left by any number of bits, as long as needed and no longer.
(func $shift_left (param $bytes (ref $Bytes)) (param $shift i32) (result (ref $Bytes))
  (local $shifted (ref $Bytes)) (local $size i32) (local $from i32) (local $to i32) (local $bits i64) (local $carry i64)
  (local.set $shifted (array.new_default $Bytes (i32.shr_u
    (i32.add (i32.add (call $high_bit (local.get $bytes)) (local.get $shift)) (i32.const 7)) (i32.const 3))))
  (local.set $to (i32.shr_u (local.get $shift) (i32.const 3)))
  (local.set $bits (i64.extend_i32_u (i32.and (local.get $shift) (i32.const 7))))
  (local.set $size (array.len (local.get $shifted)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $to) (local.get $size)))
      (local.set $carry (i64.or (i64.shr_u (local.get $carry) (i64.const 32))
        (i64.shl (i64.extend_i32_u (call $word_at (local.get $bytes) (local.get $from))) (local.get $bits))))
      (call $put_word (local.get $shifted) (local.get $to) (i32.wrap_i64 (local.get $carry)))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (br $next)))
  (local.get $shifted))

;; Shifted right, as long as needed and no longer: no byte at all when every bit is lost.
(func $shift_right (param $bytes (ref $Bytes)) (param $shift i32) (result (ref $Bytes))
  (local $shifted (ref $Bytes)) (local $size i32) (local $from i32) (local $to i32) (local $bits i64)
  (local.set $size (i32.sub (call $high_bit (local.get $bytes)) (local.get $shift)))
  (if (i32.le_s (local.get $size) (i32.const 0)) (then (return (array.new_default $Bytes (i32.const 0)))))
  (local.set $size (i32.shr_u (i32.add (local.get $size) (i32.const 7)) (i32.const 3)))
  (local.set $shifted (array.new_default $Bytes (local.get $size)))
  (local.set $from (i32.shr_u (local.get $shift) (i32.const 3)))
  (local.set $bits (i64.extend_i32_u (i32.and (local.get $shift) (i32.const 7))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $to) (local.get $size)))
      (call $put_word (local.get $shifted) (local.get $to) (i32.wrap_i64 (i64.shr_u
        (i64.or (i64.extend_i32_u (call $word_at (local.get $bytes) (local.get $from)))
          (i64.shl (i64.extend_i32_u (call $word_at (local.get $bytes) (i32.add (local.get $from) (i32.const 4))))
            (i64.const 32)))
        (local.get $bits))))
      (local.set $from (i32.add (local.get $from) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 4)))
      (br $next)))
  (local.get $shifted))

;; 1 when a bit below position shift is set.
(func $any_bit_below (param $bytes (ref $Bytes)) (param $shift i32) (result i32)
  (local $index i32) (local $whole i32)
  (local.set $whole (i32.shr_u (local.get $shift) (i32.const 3)))
  (loop $next
    (if (i32.ge_u (local.get $index) (array.len (local.get $bytes))) (then (return (i32.const 0))))
    (if (i32.lt_u (local.get $index) (local.get $whole))
      (then
        (if (array.get_u $Bytes (local.get $bytes) (local.get $index)) (then (return (i32.const 1))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next))))
  (i32.ne (i32.const 0) (i32.and
    (array.get_u $Bytes (local.get $bytes) (local.get $index))
    (i32.sub (i32.shl (i32.const 1) (i32.and (local.get $shift) (i32.const 7))) (i32.const 1)))))
