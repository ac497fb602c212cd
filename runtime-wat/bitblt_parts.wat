;; BitBlt: arithmetic on words that hold several numbers side by side, pixels or colour components, and conversion of
;; colours between depths.

;; Sums that stop at the largest component; $high has the highest bit of each.
(func $blt_add_parts (param $first i32) (param $second i32) (param $bits i32) (param $mask i32) (param $high i32)
  (result i32)
  (local $a i32) (local $b i32) (local $sum i32) (local $carry i32)
  (local.set $a (i32.and (local.get $first) (local.get $high)))
  (local.set $b (i32.and (local.get $second) (local.get $high)))
  (local.set $sum (i32.add (i32.xor (local.get $first) (local.get $a)) (i32.xor (local.get $second) (local.get $b))))
  (local.set $carry
    (i32.or (i32.and (local.get $a) (local.get $b)) (i32.and (i32.or (local.get $a) (local.get $b)) (local.get $sum))))
  (i32.or (i32.xor (i32.xor (local.get $sum) (local.get $a)) (local.get $b))
    (i32.mul (i32.shr_u (local.get $carry) (i32.sub (local.get $bits) (i32.const 1))) (local.get $mask))))

;; Differences without their signs.
(func $blt_subtract_parts (param $first i32) (param $second i32) (param $bits i32) (param $parts i32) (result i32)
  (local $mask i32) (local $result i32) (local $a i32) (local $b i32)
  (local.set $mask (call $blt_pixel_mask (local.get $bits)))
  (local.set $result (i32.const 0))
  (loop $next
    (local.set $a (i32.and (local.get $first) (local.get $mask)))
    (local.set $b (i32.and (local.get $second) (local.get $mask)))
    (local.set $result
      (i32.or (local.get $result)
        (select (i32.sub (local.get $b) (local.get $a)) (i32.sub (local.get $a) (local.get $b))
          (i32.lt_u (local.get $a) (local.get $b)))))
    (local.set $mask (i32.shl (local.get $mask) (local.get $bits)))
    (local.set $parts (i32.sub (local.get $parts) (i32.const 1)))
    (br_if $next (local.get $parts)))
  (local.get $result))

(func $blt_max_parts (param $first i32) (param $second i32) (param $bits i32) (param $parts i32) (result i32)
  (local $mask i32) (local $result i32) (local $a i32) (local $b i32)
  (local.set $mask (call $blt_pixel_mask (local.get $bits)))
  (local.set $result (i32.const 0))
  (loop $next
    (local.set $a (i32.and (local.get $first) (local.get $mask)))
    (local.set $b (i32.and (local.get $second) (local.get $mask)))
    (local.set $result
      (i32.or (local.get $result) (select (local.get $b) (local.get $a) (i32.lt_u (local.get $a) (local.get $b)))))
    (local.set $mask (i32.shl (local.get $mask) (local.get $bits)))
    (local.set $parts (i32.sub (local.get $parts) (i32.const 1)))
    (br_if $next (local.get $parts)))
  (local.get $result))

(func $blt_min_parts (param $first i32) (param $second i32) (param $bits i32) (param $parts i32) (result i32)
  (local $mask i32) (local $result i32) (local $a i32) (local $b i32)
  (local.set $mask (call $blt_pixel_mask (local.get $bits)))
  (local.set $result (i32.const 0))
  (loop $next
    (local.set $a (i32.and (local.get $first) (local.get $mask)))
    (local.set $b (i32.and (local.get $second) (local.get $mask)))
    (local.set $result
      (i32.or (local.get $result) (select (local.get $a) (local.get $b) (i32.lt_u (local.get $a) (local.get $b)))))
    (local.set $mask (i32.shl (local.get $mask) (local.get $bits)))
    (local.set $parts (i32.sub (local.get $parts) (i32.const 1)))
    (br_if $next (local.get $parts)))
  (local.get $result))

;; The parts of $second where $first is all ones.
(func $blt_and_parts (param $first i32) (param $second i32) (param $bits i32) (param $parts i32) (result i32)
  (local $mask i32) (local $result i32)
  (local.set $mask (call $blt_pixel_mask (local.get $bits)))
  (local.set $result (i32.const 0))
  (loop $next
    (if (i32.eq (i32.and (local.get $first) (local.get $mask)) (local.get $mask))
      (then (local.set $result (i32.or (local.get $result) (i32.and (local.get $second) (local.get $mask))))))
    (local.set $mask (i32.shl (local.get $mask) (local.get $bits)))
    (local.set $parts (i32.sub (local.get $parts) (i32.const 1)))
    (br_if $next (local.get $parts)))
  (local.get $result))

;; Products of fractions, 0 for nothing and all ones for 1. No more than four parts: the reference goes no further.
(func $blt_multiply_parts (param $first i32) (param $second i32) (param $bits i32) (param $parts i32) (result i32)
  (local $mask i32) (local $result i32) (local $at i32) (local $product i32)
  (local.set $mask (call $blt_pixel_mask (local.get $bits)))
  (local.set $result (i32.const 0))
  (local.set $at (i32.const 0))
  (if (i32.gt_s (local.get $parts) (i32.const 4)) (then (local.set $parts (i32.const 4))))
  (loop $next
    (local.set $product
      (i32.sub
        (i32.mul
          (i32.add (i32.and (i32.shr_u (local.get $first) (local.get $at)) (local.get $mask)) (i32.const 1))
          (i32.add (i32.and (i32.shr_u (local.get $second) (local.get $at)) (local.get $mask)) (i32.const 1)))
        (i32.const 1)))
    (local.set $result
      (i32.or (local.get $result)
        (i32.shl (i32.and (i32.shr_u (local.get $product) (local.get $bits)) (local.get $mask)) (local.get $at))))
    (local.set $at (i32.add (local.get $at) (local.get $bits)))
    (local.set $parts (i32.sub (local.get $parts) (i32.const 1)))
    (br_if $next (local.get $parts)))
  (local.get $result))

;; --- conversion ---

;; A pixel of three components of $from bits each as one of $to bits each. What is not zero never becomes zero.
(func $blt_convert_rgb (param $pixel i32) (param $from i32) (param $to i32) (result i32)
  (local $delta i32) (local $mask i32) (local $result i32)
  (local.set $delta (i32.sub (local.get $to) (local.get $from)))
  (local.set $mask (i32.const 0))
  (local.set $result (i32.const 0))
  (if (i32.eqz (local.get $delta))
    (then
      (return
        (select (i32.and (local.get $pixel) (i32.const 0x7FFF))
          (i32.and (local.get $pixel) (i32.const 0xFFFFFF))
          (i32.eq (local.get $from) (i32.const 5))))))
  (if (i32.gt_s (local.get $delta) (i32.const 0))
    (then
      (local.set $mask (i32.shl (i32.sub (i32.shl (i32.const 1) (local.get $from)) (i32.const 1)) (local.get $delta)))
      (local.set $pixel (i32.shl (local.get $pixel) (local.get $delta)))
      (local.set $result (i32.and (local.get $pixel) (local.get $mask)))
      (local.set $mask (i32.shl (local.get $mask) (local.get $to)))
      (local.set $pixel (i32.shl (local.get $pixel) (local.get $delta)))
      (return
        (i32.add (i32.add (local.get $result) (i32.and (local.get $pixel) (local.get $mask)))
          (i32.and (i32.shl (local.get $pixel) (local.get $delta)) (i32.shl (local.get $mask) (local.get $to)))))))
  (if (i32.eqz (local.get $pixel)) (then (return (i32.const 0))))
  (local.set $delta (i32.sub (local.get $from) (local.get $to)))
  (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $to)) (i32.const 1)))
  (local.set $pixel (i32.shr_u (local.get $pixel) (local.get $delta)))
  (local.set $result (i32.and (local.get $pixel) (local.get $mask)))
  (local.set $mask (i32.shl (local.get $mask) (local.get $to)))
  (local.set $pixel (i32.shr_u (local.get $pixel) (local.get $delta)))
  (local.set $result
    (i32.add (i32.add (local.get $result) (i32.and (local.get $pixel) (local.get $mask)))
      (i32.and (i32.shr_u (local.get $pixel) (local.get $delta)) (i32.shl (local.get $mask) (local.get $to)))))
  (select (i32.const 1) (local.get $result) (i32.eqz (local.get $result))))

(func $blt_convert_16_to_32 (param $pixel i32) (result i32)
  (i32.or
    (i32.or (i32.shl (i32.and (local.get $pixel) (i32.const 31)) (i32.const 3))
      (i32.shl (i32.and (local.get $pixel) (i32.const 0x3E0)) (i32.const 6)))
    (i32.shl (i32.and (local.get $pixel) (i32.const 0x7C00)) (i32.const 9))))

;; Left for positive shifts, right for negative ones.
(func $blt_shifted (param $value i32) (param $shift i32) (result i32)
  (if (i32.lt_s (local.get $shift) (i32.const 0))
    (then (return (i32.shr_u (local.get $value) (i32.sub (i32.const 0) (local.get $shift))))))
  (i32.shl (local.get $value) (local.get $shift)))

;; A source pixel through the colour map.
(func $blt_map_pixel (param $pixel i32) (result i32)
  (local $mapped i32)
  (local.set $mapped (local.get $pixel))
  (if (i32.and (global.get $blt_map_flags) (i32.const 2))
    (then
      (local.set $mapped
        (i32.or
          (i32.or
            (i32.or
              (call $blt_shifted (i32.and (local.get $pixel) (global.get $blt_red_mask)) (global.get $blt_red_shift))
              (call $blt_shifted (i32.and (local.get $pixel) (global.get $blt_green_mask))
                (global.get $blt_green_shift)))
            (call $blt_shifted (i32.and (local.get $pixel) (global.get $blt_blue_mask)) (global.get $blt_blue_shift)))
          (call $blt_shifted (i32.and (local.get $pixel) (global.get $blt_alpha_mask)) (global.get $blt_alpha_shift))))
      (if (i32.and (i32.eqz (local.get $mapped)) (i32.ne (local.get $pixel) (i32.const 0)))
        (then (local.set $mapped (i32.const 1))))))
  (if (i32.and (global.get $blt_map_flags) (i32.const 4))
    (then
      (local.set $mapped
        (array.get $Words (global.get $blt_map) (i32.and (local.get $mapped) (global.get $blt_map_mask))))))
  (local.get $mapped))
