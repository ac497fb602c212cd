;; BitBlt: the combination rules. Each takes a word of source pixels and a word of destination pixels and answers the
;; destination's new word; $blt_dest_mask says which bits of it will be stored, for the rules that count pixels.
(global $blt_dest_mask (mut i32) (i32.const 0))
(global $blt_bit_count (mut i32) (i32.const 0))        ;; rules 22 and 32
(global $blt_source_alpha (mut i32) (i32.const 0))     ;; rules 30 and 31

;; Rules 0 to 15 are the functions of two bits.
(func $blt_merge (param $source i32) (param $dest i32) (result i32)
  (block $r41 (block $r40 (block $r39 (block $r38 (block $r37 (block $r34 (block $r33 (block $r32 (block $r31 (block $r30
  (block $r29 (block $r28 (block $r27 (block $r26 (block $r25 (block $r24 (block $r23 (block $r22 (block $r21 (block $r20
  (block $r19 (block $r18 (block $r14 (block $r13 (block $r12 (block $r11 (block $r10 (block $r9 (block $r8 (block $r7
  (block $r6 (block $r5 (block $r4 (block $r3 (block $r2 (block $r1 (block $r0
    (br_table $r0 $r1 $r2 $r3 $r4 $r5 $r6 $r7 $r8 $r9 $r10 $r11 $r12 $r13 $r14 $r5 $r5 $r5 $r18 $r19 $r20 $r21 $r22 $r23 $r24
      $r25 $r26 $r27 $r28 $r29 $r30 $r31 $r32 $r33 $r34 $r34 $r34 $r37 $r38 $r39 $r40 $r41 $r5 (global.get $blt_rule)))
    (return (i32.const 0)))
    (return (i32.and (local.get $source) (local.get $dest))))
    (return (i32.and (local.get $source) (i32.xor (local.get $dest) (i32.const -1)))))
    (return (local.get $source)))
    (return (i32.and (i32.xor (local.get $source) (i32.const -1)) (local.get $dest))))
    (return (local.get $dest)))
    (return (i32.xor (local.get $source) (local.get $dest))))
    (return (i32.or (local.get $source) (local.get $dest))))
    (return (i32.xor (i32.or (local.get $source) (local.get $dest)) (i32.const -1))))
    (return (i32.xor (i32.xor (local.get $source) (local.get $dest)) (i32.const -1))))
    (return (i32.xor (local.get $dest) (i32.const -1))))
    (return (i32.or (local.get $source) (i32.xor (local.get $dest) (i32.const -1)))))
    (return (i32.xor (local.get $source) (i32.const -1))))
    (return (i32.or (i32.xor (local.get $source) (i32.const -1)) (local.get $dest))))
    (return (i32.xor (i32.and (local.get $source) (local.get $dest)) (i32.const -1))))
    (return (i32.add (local.get $source) (local.get $dest))))
    (return (i32.sub (local.get $source) (local.get $dest))))
    (return_call $blt_rgb_add (local.get $source) (local.get $dest)))
    (return_call $blt_rgb_sub (local.get $source) (local.get $dest)))
    (return_call $blt_old_difference (local.get $source) (local.get $dest)))
    (return_call $blt_old_tally (local.get $dest)))
    (return_call $blt_alpha_blend (local.get $source) (local.get $dest)))
    (return_call $blt_pix_paint (local.get $source) (local.get $dest)))
    (return_call $blt_pix_mask (local.get $source) (local.get $dest)))
    (return_call $blt_rgb_max (local.get $source) (local.get $dest)))
    (return_call $blt_rgb_min (local.get $source) (local.get $dest)))
    (return_call $blt_rgb_min (i32.xor (local.get $source) (i32.const -1)) (local.get $dest)))
    (return_call $blt_alpha_const (local.get $source) (local.get $dest) (i32.const 0)))
    (return_call $blt_alpha_const (local.get $source) (local.get $dest) (i32.const 1)))
    (return_call $blt_difference (local.get $source) (local.get $dest)))
    (return_call $blt_tally (local.get $dest)))
    (return_call $blt_alpha_scaled (local.get $source) (local.get $dest)))
    (return_call $blt_rgb_mul (local.get $source) (local.get $dest)))
    (return_call $blt_pix_swap (local.get $dest)))
    (return_call $blt_pix_clear (local.get $source) (local.get $dest)))
    (return_call $blt_fix_alpha (local.get $source) (local.get $dest)))
  (return_call $blt_component_alpha (local.get $source) (local.get $dest)))

;; All ones in the lowest pixel of a depth.
(func $blt_pixel_mask (param $depth i32) (result i32)
  (select (i32.const -1) (i32.sub (i32.shl (i32.const 1) (local.get $depth)) (i32.const 1))
    (i32.eq (local.get $depth) (i32.const 32))))

;; --- colours, component by component ---

;; 16-bit pixels have three components of 5 bits each, two pixels to a word.
(func $blt_rgb_add (param $source i32) (param $dest i32) (result i32)
  (local $mask i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_add_parts (local.get $source) (local.get $dest) (global.get $blt_dest_depth)
        (local.get $mask)
        (i32.shl (i32.div_u (i32.const -1) (local.get $mask)) (i32.sub (global.get $blt_dest_depth) (i32.const 1))))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_add_parts (i32.and (local.get $source) (i32.const 0x7FFF7FFF))
        (i32.and (local.get $dest) (i32.const 0x7FFF7FFF))
        (i32.const 5)
        (i32.const 31)
        (i32.const 0x42104210))))
  (return_call $blt_add_parts (local.get $source) (local.get $dest) (i32.const 8) (i32.const 255)
    (i32.const 0x80808080)))

(func $blt_rgb_sub (param $source i32) (param $dest i32) (result i32)
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_subtract_parts (local.get $source) (local.get $dest)
        (global.get $blt_dest_depth)
        (global.get $blt_dest_ppw))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return
        (i32.add
          (call $blt_subtract_parts (local.get $source) (local.get $dest) (i32.const 5) (i32.const 3))
          (i32.shl
            (call $blt_subtract_parts (i32.shr_u (local.get $source) (i32.const 16))
              (i32.shr_u (local.get $dest) (i32.const 16))
              (i32.const 5)
              (i32.const 3))
            (i32.const 16))))))
  (return_call $blt_subtract_parts (local.get $source) (local.get $dest) (i32.const 8) (i32.const 4)))

(func $blt_rgb_max (param $source i32) (param $dest i32) (result i32)
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_max_parts (local.get $source) (local.get $dest) (global.get $blt_dest_depth)
        (global.get $blt_dest_ppw))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return
        (i32.add
          (call $blt_max_parts (local.get $source) (local.get $dest) (i32.const 5) (i32.const 3))
          (i32.shl
            (call $blt_max_parts (i32.shr_u (local.get $source) (i32.const 16))
              (i32.shr_u (local.get $dest) (i32.const 16))
              (i32.const 5)
              (i32.const 3))
            (i32.const 16))))))
  (return_call $blt_max_parts (local.get $source) (local.get $dest) (i32.const 8) (i32.const 4)))

(func $blt_rgb_min (param $source i32) (param $dest i32) (result i32)
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_min_parts (local.get $source) (local.get $dest) (global.get $blt_dest_depth)
        (global.get $blt_dest_ppw))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return
        (i32.add
          (call $blt_min_parts (local.get $source) (local.get $dest) (i32.const 5) (i32.const 3))
          (i32.shl
            (call $blt_min_parts (i32.shr_u (local.get $source) (i32.const 16))
              (i32.shr_u (local.get $dest) (i32.const 16))
              (i32.const 5)
              (i32.const 3))
            (i32.const 16))))))
  (return_call $blt_min_parts (local.get $source) (local.get $dest) (i32.const 8) (i32.const 4)))

(func $blt_rgb_mul (param $source i32) (param $dest i32) (result i32)
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_multiply_parts (local.get $source) (local.get $dest)
        (global.get $blt_dest_depth)
        (global.get $blt_dest_ppw))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return
        (i32.add
          (call $blt_multiply_parts (local.get $source) (local.get $dest) (i32.const 5) (i32.const 3))
          (i32.shl
            (call $blt_multiply_parts (i32.shr_u (local.get $source) (i32.const 16))
              (i32.shr_u (local.get $dest) (i32.const 16))
              (i32.const 5)
              (i32.const 3))
            (i32.const 16))))))
  (return_call $blt_multiply_parts (local.get $source) (local.get $dest) (i32.const 8) (i32.const 4)))

;; --- alpha ---

;; Two products of components 16 bits apart, divided by 255 with rounding up: $products holds them with 0xFF00FF added.
(func $blt_divide_by_255 (param $products i32) (result i32)
  (i32.and
    (i32.shr_u
      (i32.add (local.get $products)
        (i32.and (i32.shr_u (i32.sub (local.get $products) (i32.const 0x10001)) (i32.const 8)) (i32.const 0xFF00FF)))
      (i32.const 8))
    (i32.const 0xFF00FF)))

;; The source's alpha counts, the destination's does not.
(func $blt_alpha_blend (param $source i32) (param $dest i32) (result i32)
  (local $alpha i32) (local $rest i32) (local $redBlue i32) (local $alphaGreen i32)
  (local.set $alpha (i32.shr_u (local.get $source) (i32.const 24)))
  (local.set $rest (i32.sub (i32.const 255) (local.get $alpha)))
  (if (i32.eqz (local.get $alpha)) (then (return (local.get $dest))))
  (if (i32.eq (local.get $alpha) (i32.const 255)) (then (return (local.get $source))))
  (local.set $redBlue
    (i32.add
      (i32.add (i32.mul (i32.and (local.get $source) (i32.const 0xFF00FF)) (local.get $alpha))
        (i32.mul (i32.and (local.get $dest) (i32.const 0xFF00FF)) (local.get $rest)))
      (i32.const 0xFF00FF)))
  (local.set $alphaGreen
    (i32.add
      (i32.add
        (i32.mul
          (i32.and (i32.or (i32.shr_u (local.get $source) (i32.const 8)) (i32.const 0xFF0000)) (i32.const 0xFF00FF))
          (local.get $alpha))
        (i32.mul (i32.and (i32.shr_u (local.get $dest) (i32.const 8)) (i32.const 0xFF00FF)) (local.get $rest)))
      (i32.const 0xFF00FF)))
  (i32.or (call $blt_divide_by_255 (local.get $redBlue))
    (i32.shl (call $blt_divide_by_255 (local.get $alphaGreen)) (i32.const 8))))

;; The source is already multiplied by its alpha.
(func $blt_alpha_scaled (param $source i32) (param $dest i32) (result i32)
  (local $rest i32) (local $redBlue i32) (local $alphaGreen i32)
  (local.set $rest (i32.sub (i32.const 255) (i32.shr_u (local.get $source) (i32.const 24))))
  (local.set $redBlue
    (i32.add
      (i32.and
        (i32.shr_u (i32.mul (i32.and (local.get $dest) (i32.const 0xFF00FF)) (local.get $rest)) (i32.const 8))
        (i32.const 0xFF00FF))
      (i32.and (local.get $source) (i32.const 0xFF00FF))))
  (local.set $alphaGreen
    (i32.add
      (i32.and
        (i32.shr_u
          (i32.mul (i32.and (i32.shr_u (local.get $dest) (i32.const 8)) (i32.const 0xFF00FF)) (local.get $rest))
          (i32.const 8))
        (i32.const 0xFF00FF))
      (i32.and (i32.shr_u (local.get $source) (i32.const 8)) (i32.const 0xFF00FF))))
  (local.set $redBlue
    (i32.or (i32.and (local.get $redBlue) (i32.const 0xFF00FF))
      (i32.shr_u (i32.mul (i32.and (local.get $redBlue) (i32.const 0x1000100)) (i32.const 255)) (i32.const 8))))
  (i32.or
    (i32.or (i32.shl (i32.and (local.get $alphaGreen) (i32.const 0xFF00FF)) (i32.const 8))
      (i32.mul (i32.and (local.get $alphaGreen) (i32.const 0x1000100)) (i32.const 255)))
    (local.get $redBlue)))

;; One alpha for all; painting leaves the destination where the source is zero.
(func $blt_alpha_const (param $source i32) (param $dest i32) (param $painting i32) (result i32)
  (local $rest i32) (local $redBlue i32) (local $alphaGreen i32)
  (local.set $rest (i32.sub (i32.const 255) (global.get $blt_source_alpha)))
  (if
    (i32.or (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
      (i32.and (i32.ne (local.get $painting) (i32.const 0)) (i32.eqz (local.get $source))))
    (then (return (local.get $dest))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then (return_call $blt_alpha_const_16 (local.get $source) (local.get $dest) (local.get $painting))))
  (local.set $redBlue
    (i32.add
      (i32.add
        (i32.mul (i32.and (local.get $source) (i32.const 0xFF00FF)) (global.get $blt_source_alpha))
        (i32.mul (i32.and (local.get $dest) (i32.const 0xFF00FF)) (local.get $rest)))
      (i32.const 0xFF00FF)))
  (local.set $alphaGreen
    (i32.add
      (i32.add
        (i32.mul (i32.and (i32.shr_u (local.get $source) (i32.const 8)) (i32.const 0xFF00FF))
          (global.get $blt_source_alpha))
        (i32.mul (i32.and (i32.shr_u (local.get $dest) (i32.const 8)) (i32.const 0xFF00FF)) (local.get $rest)))
      (i32.const 0xFF00FF)))
  (i32.or (call $blt_divide_by_255 (local.get $redBlue))
    (i32.shl (call $blt_divide_by_255 (local.get $alphaGreen)) (i32.const 8))))

(func $blt_alpha_const_16 (param $source i32) (param $dest i32) (param $painting i32) (result i32)
  (local $result i32) (local $at i32) (local $pixel i32)
  (local.set $result (local.get $dest))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $at) (i32.const 32))))
      (local.set $pixel (i32.and (i32.shr_u (local.get $source) (local.get $at)) (i32.const 0xFFFF)))
      (if
        (i32.and
          (i32.ne (i32.and (i32.shr_u (global.get $blt_dest_mask) (local.get $at)) (i32.const 0xFFFF)) (i32.const 0))
          (i32.eqz (i32.and (i32.ne (local.get $painting) (i32.const 0)) (i32.eqz (local.get $pixel)))))
        (then
          (local.set $result
            (i32.or
              (i32.and (local.get $result) (i32.xor (i32.shl (i32.const 0xFFFF) (local.get $at)) (i32.const -1)))
              (i32.shl
                (call $blt_alpha_const_pixel (local.get $pixel)
                  (i32.and (i32.shr_u (local.get $dest) (local.get $at)) (i32.const 0xFFFF)))
                (local.get $at))))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (br $next)))
  (local.get $result))

(func $blt_alpha_const_pixel (param $source i32) (param $dest i32) (result i32)
  (local $result i32) (local $shift i32) (local $sum i32)
  (local.set $result (i32.const 0))
  (local.set $shift (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $shift) (i32.const 15))))
      (local.set $sum
        (i32.add
          (i32.mul (i32.and (i32.shr_u (local.get $source) (local.get $shift)) (i32.const 31))
            (global.get $blt_source_alpha))
          (i32.mul (i32.and (i32.shr_u (local.get $dest) (local.get $shift)) (i32.const 31))
            (i32.sub (i32.const 255) (global.get $blt_source_alpha)))))
      (local.set $result
        (i32.or (local.get $result)
          (i32.shl
            (i32.and (i32.div_u (i32.add (local.get $sum) (i32.const 254)) (i32.const 255)) (i32.const 31))
            (local.get $shift))))
      (local.set $shift (i32.add (local.get $shift) (i32.const 5)))
      (br $next)))
  (local.get $result))

;; Pixels with a colour and no alpha get the source's alpha.
(func $blt_fix_alpha (param $source i32) (param $dest i32) (result i32)
  (if
    (i32.or
      (i32.or (i32.ne (global.get $blt_dest_depth) (i32.const 32)) (i32.eqz (local.get $dest)))
      (i32.ne (i32.and (local.get $dest) (i32.const 0xFF000000)) (i32.const 0)))
    (then (return (local.get $dest))))
  (i32.or (local.get $dest) (i32.and (local.get $source) (i32.const 0xFF000000))))

;; --- pixel by pixel ---

(func $blt_pix_paint (param $source i32) (param $dest i32) (result i32)
  (if (i32.eqz (local.get $source)) (then (return (local.get $dest))))
  (i32.or (local.get $source)
    (call $blt_and_parts (i32.xor (local.get $source) (i32.const -1)) (local.get $dest)
      (global.get $blt_dest_depth)
      (global.get $blt_dest_ppw))))

(func $blt_pix_mask (param $source i32) (param $dest i32) (result i32)
  (return_call $blt_and_parts (i32.xor (local.get $source) (i32.const -1)) (local.get $dest)
    (global.get $blt_dest_depth)
    (global.get $blt_dest_ppw)))

;; Pixels that both have become zero.
(func $blt_pix_clear (param $source i32) (param $dest i32) (result i32)
  (local $mask i32) (local $result i32) (local $i i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $result (i32.const 0))
  (local.set $i (global.get $blt_dest_ppw))
  (loop $next
    (if
      (i32.ne (i32.and (local.get $source) (local.get $mask)) (i32.and (local.get $dest) (local.get $mask)))
      (then (local.set $result (i32.or (local.get $result) (i32.and (local.get $dest) (local.get $mask))))))
    (local.set $mask (i32.shl (local.get $mask) (global.get $blt_dest_depth)))
    (local.set $i (i32.sub (local.get $i) (i32.const 1)))
    (br_if $next (local.get $i)))
  (local.get $result))

;; The pixels of a word in reverse order.
(func $blt_pix_swap (param $dest i32) (result i32)
  (local $low i32) (local $shift i32) (local $high i32) (local $result i32)
  (local.set $low (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $shift (i32.sub (i32.const 32) (global.get $blt_dest_depth)))
  (local.set $high (i32.shl (local.get $low) (local.get $shift)))
  (local.set $result (i32.const 0))
  (if (i32.eq (global.get $blt_dest_ppw) (i32.const 1)) (then (return (local.get $dest))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.gt_s (local.get $shift) (i32.const 0))))
      (local.set $result
        (i32.or
          (i32.or (local.get $result) (i32.shl (i32.and (local.get $dest) (local.get $low)) (local.get $shift)))
          (i32.shr_u (i32.and (local.get $dest) (local.get $high)) (local.get $shift))))
      (local.set $low (i32.shl (local.get $low) (global.get $blt_dest_depth)))
      (local.set $high (i32.shr_u (local.get $high) (global.get $blt_dest_depth)))
      (local.set $shift (i32.sub (local.get $shift) (i32.mul (global.get $blt_dest_depth) (i32.const 2))))
      (br $next)))
  (local.get $result))

;; --- counting ---

;; Rule 32: the sum of all differences of components, or the number of different pixels, into $blt_bit_count.
(func $blt_difference (param $source i32) (param $dest i32) (result i32)
  (local $mask i32) (local $at i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $at) (i32.const 32))))
      (if (i32.and (i32.shr_u (global.get $blt_dest_mask) (local.get $at)) (local.get $mask))
        (then
          (global.set $blt_bit_count
            (i32.add (global.get $blt_bit_count)
              (call $blt_pixel_difference
                (i32.and (i32.shr_u (local.get $source) (local.get $at)) (local.get $mask))
                (i32.and (i32.shr_u (local.get $dest) (local.get $at)) (local.get $mask)))))))
      (local.set $at (i32.add (local.get $at) (global.get $blt_dest_depth)))
      (br $next)))
  (local.get $dest))

(func $blt_pixel_difference (param $source i32) (param $dest i32) (result i32)
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 16))
    (then (return (i32.ne (local.get $source) (local.get $dest)))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then
      (return_call $blt_sum_of_parts
        (call $blt_subtract_parts (local.get $source) (local.get $dest) (i32.const 5) (i32.const 3))
        (i32.const 5))))
  (return_call $blt_sum_of_parts
    (call $blt_subtract_parts (local.get $source) (local.get $dest) (i32.const 8) (i32.const 3))
    (i32.const 8)))

;; Of three components.
(func $blt_sum_of_parts (param $pixel i32) (param $bits i32) (result i32)
  (local $mask i32)
  (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $bits)) (i32.const 1)))
  (i32.add
    (i32.add (i32.and (local.get $pixel) (local.get $mask))
      (i32.and (i32.shr_u (local.get $pixel) (local.get $bits)) (local.get $mask)))
    (i32.and (i32.shr_u (local.get $pixel) (i32.mul (i32.const 2) (local.get $bits))) (local.get $mask))))

;; Rule 22: the same for whole words, whatever the mask.
(func $blt_old_difference (param $source i32) (param $dest i32) (result i32)
  (local $mask i32) (local $at i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $at (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $at) (i32.const 32))))
      (global.set $blt_bit_count
        (i32.add (global.get $blt_bit_count)
          (call $blt_pixel_difference
            (i32.and (i32.shr_u (local.get $source) (local.get $at)) (local.get $mask))
            (i32.and (i32.shr_u (local.get $dest) (local.get $at)) (local.get $mask)))))
      (local.set $at (i32.add (local.get $at) (global.get $blt_dest_depth)))
      (br $next)))
  (local.get $dest))

;; Rule 33: counts pixels in the colour map's table.
(func $blt_tally (param $dest i32) (result i32)
  (local $mask i32) (local $at i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $at (i32.const 0))
  (if (i32.ne (i32.and (global.get $blt_map_flags) (i32.const 5)) (i32.const 5)) (then (return (local.get $dest))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $at) (i32.const 32))))
      (if (i32.and (i32.shr_u (global.get $blt_dest_mask) (local.get $at)) (local.get $mask))
        (then (call $blt_tally_pixel (i32.and (i32.shr_u (local.get $dest) (local.get $at)) (local.get $mask)))))
      (local.set $at (i32.add (local.get $at) (global.get $blt_dest_depth)))
      (br $next)))
  (local.get $dest))

;; Rule 23: the same for whole words.
(func $blt_old_tally (param $dest i32) (result i32)
  (local $mask i32) (local $at i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $at (i32.const 0))
  (if (i32.ne (i32.and (global.get $blt_map_flags) (i32.const 5)) (i32.const 5)) (then (return (local.get $dest))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $at) (i32.const 32))))
      (call $blt_tally_pixel (i32.and (i32.shr_u (local.get $dest) (local.get $at)) (local.get $mask)))
      (local.set $at (i32.add (local.get $at) (global.get $blt_dest_depth)))
      (br $next)))
  (local.get $dest))

(func $blt_tally_pixel (param $pixel i32)
  (local $index i32)
  (local.set $index (local.get $pixel))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then (local.set $index (call $blt_convert_rgb (local.get $pixel) (i32.const 5) (global.get $blt_map_bits)))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 32))
    (then (local.set $index (call $blt_convert_rgb (local.get $pixel) (i32.const 8) (global.get $blt_map_bits)))))
  (local.set $index (i32.and (local.get $index) (global.get $blt_map_mask)))
  (array.set $Words (global.get $blt_map) (local.get $index)
    (i32.add (array.get $Words (global.get $blt_map) (local.get $index)) (i32.const 1))))
