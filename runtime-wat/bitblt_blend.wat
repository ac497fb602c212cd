;; BitBlt: blending of 32-bit pixels with alpha (rule 34) or with an alpha per component (rule 41) into Forms of 32, 16 and
;; 8 bits. Narrower destinations are dithered. These loops stand in for the general ones where the source is another Form.
(global $blt_color (mut i32) (i32.const 0))               ;; rule 41: what to draw in
(global $blt_color_alpha (mut i32) (i32.const 255))
(global $blt_gamma (mut (ref null $Bytes)) (ref.null $Bytes))
(global $blt_ungamma (mut (ref null $Bytes)) (ref.null $Bytes))

(global $blt_dither_matrix (ref $Bytes) (array.new_fixed $Bytes 16
  (i32.const 0) (i32.const 8) (i32.const 2) (i32.const 10) (i32.const 12) (i32.const 4) (i32.const 14) (i32.const 6)
  (i32.const 3) (i32.const 11) (i32.const 1) (i32.const 9) (i32.const 15) (i32.const 7) (i32.const 13) (i32.const 5)))

;; The first 40 of the 256 indexed colours: ten named ones, greys; the colour cube follows.
(global $blt_first_colors (ref $Words) (array.new_fixed $Words 10
  (i32.const 0) (i32.const 0xFF000001) (i32.const 0xFFFFFFFF) (i32.const 0xFF808080) (i32.const 0xFFFF0000)
  (i32.const 0xFF00FF00) (i32.const 0xFF0000FF) (i32.const 0xFF00FFFF) (i32.const 0xFFFFFF00) (i32.const 0xFFFF00FF)))
(global $blt_greys (ref $Bytes) (array.new_fixed $Bytes 30
  (i32.const 0x20) (i32.const 0x40) (i32.const 0x60) (i32.const 0x9F) (i32.const 0xBF) (i32.const 0xDF) (i32.const 0x08)
  (i32.const 0x10) (i32.const 0x18) (i32.const 0x28) (i32.const 0x30) (i32.const 0x38) (i32.const 0x48) (i32.const 0x50)
  (i32.const 0x58) (i32.const 0x68) (i32.const 0x70) (i32.const 0x78) (i32.const 0x87) (i32.const 0x8F) (i32.const 0x97)
  (i32.const 0xA7) (i32.const 0xAF) (i32.const 0xB7) (i32.const 0xC7) (i32.const 0xCF) (i32.const 0xD7) (i32.const 0xE7)
  (i32.const 0xEF) (i32.const 0xF7)))

;; --- pixels ---

;; The 32-bit colour of an indexed one.
(func $blt_indexed_color (param $index i32) (result i32)
  (if (i32.lt_u (local.get $index) (i32.const 10))
    (then (return (array.get $Words (global.get $blt_first_colors) (local.get $index)))))
  (if (i32.lt_u (local.get $index) (i32.const 40))
    (then
      (return
        (i32.or (i32.const 0xFF000000)
          (i32.mul
            (array.get_u $Bytes (global.get $blt_greys) (i32.sub (local.get $index) (i32.const 10)))
            (i32.const 0x10101))))))
  (local.set $index (i32.sub (local.get $index) (i32.const 40)))
  (if (i32.eqz (local.get $index)) (then (return (i32.const 0xFF000001))))
  (i32.or
    (i32.or
      (i32.or (i32.const 0xFF000000)
        (i32.shl (i32.mul (i32.div_u (local.get $index) (i32.const 36)) (i32.const 0x33)) (i32.const 16)))
      (i32.shl (i32.mul (i32.rem_u (local.get $index) (i32.const 6)) (i32.const 0x33)) (i32.const 8)))
    (i32.mul (i32.rem_u (i32.div_u (local.get $index) (i32.const 6)) (i32.const 6)) (i32.const 0x33))))

;; 8 bits of a component as 5, rounded up where the dither threshold lies below what is cut off.
(func $blt_dither (param $component i32) (param $threshold i32) (result i32)
  (local $value i32) (local $rest i32)
  (local.set $value (i32.shr_u (local.get $component) (i32.const 3)))
  (local.set $rest (i32.mul (i32.and (local.get $component) (i32.const 7)) (i32.const 2)))
  (if (i32.gt_s (local.get $rest) (i32.const 8)) (then (local.set $rest (i32.add (local.get $rest) (i32.const 2)))))
  (i32.add (select (i32.sub (local.get $value) (i32.const 1)) (i32.const 0) (local.get $value))
    (i32.lt_s (local.get $threshold) (local.get $rest))))

;; A 16-bit pixel, never zero.
(func $blt_dither_pixel (param $pixel i32) (param $threshold i32) (result i32)
  (local $result i32)
  (local.set $result
    (i32.add
      (i32.add
        (i32.shl
          (call $blt_dither (i32.and (i32.shr_u (local.get $pixel) (i32.const 16)) (i32.const 255))
            (local.get $threshold))
          (i32.const 10))
        (i32.shl
          (call $blt_dither (i32.and (i32.shr_u (local.get $pixel) (i32.const 8)) (i32.const 255))
            (local.get $threshold))
          (i32.const 5)))
      (call $blt_dither (i32.and (local.get $pixel) (i32.const 255)) (local.get $threshold))))
  (select (i32.const 1) (local.get $result) (i32.eqz (local.get $result))))

(func $blt_ungamma_of (param $component i32) (result i32)
  (if (ref.is_null (global.get $blt_ungamma)) (then (return (local.get $component))))
  (array.get_u $Bytes (global.get $blt_ungamma) (local.get $component)))

(func $blt_gamma_of (param $component i32) (result i32)
  (if (i32.gt_s (local.get $component) (i32.const 255)) (then (local.set $component (i32.const 255))))
  (if (ref.is_null (global.get $blt_gamma)) (then (return (local.get $component))))
  (array.get_u $Bytes (global.get $blt_gamma) (local.get $component)))

;; One component of the colour laid over one of the destination.
(func $blt_mix_component (param $source i32) (param $dest i32) (param $shift i32) (result i32)
  (local $alpha i32) (local $under i32) (local $color i32)
  (local.set $alpha (i32.and (i32.shr_u (local.get $source) (local.get $shift)) (i32.const 255)))
  (local.set $under (call $blt_ungamma_of (i32.and (i32.shr_u (local.get $dest) (local.get $shift)) (i32.const 255))))
  (local.set $color
    (call $blt_ungamma_of (i32.and (i32.shr_u (global.get $blt_color) (local.get $shift)) (i32.const 255))))
  (if (i32.ne (global.get $blt_color_alpha) (i32.const 255))
    (then (local.set $alpha (i32.shr_u (i32.mul (local.get $alpha) (global.get $blt_color_alpha)) (i32.const 8)))))
  (i32.shl
    (call $blt_gamma_of
      (i32.add
        (i32.shr_u (i32.mul (local.get $under) (i32.sub (i32.const 255) (local.get $alpha))) (i32.const 8))
        (i32.shr_u (i32.mul (local.get $color) (local.get $alpha)) (i32.const 8))))
    (local.get $shift)))

;; The source is a mask: how much of each component of the colour to lay over the destination.
(func $blt_component_alpha_32 (param $source i32) (param $dest i32) (result i32)
  (local $alpha i32) (local $cover i32)
  (local.set $alpha (i32.shr_u (local.get $source) (i32.const 24)))
  (if (i32.eqz (local.get $source)) (then (return (local.get $dest))))
  (if (i32.ne (global.get $blt_color_alpha) (i32.const 255))
    (then (local.set $alpha (i32.shr_u (i32.mul (local.get $alpha) (global.get $blt_color_alpha)) (i32.const 8)))))
  (local.set $cover
    (i32.add
      (i32.shr_u
        (i32.mul (i32.shr_u (local.get $dest) (i32.const 24)) (i32.sub (i32.const 255) (local.get $alpha)))
        (i32.const 8))
      (local.get $alpha)))
  (if (i32.gt_s (local.get $cover) (i32.const 255)) (then (local.set $cover (i32.const 255))))
  (i32.add
    (i32.add
      (i32.add (i32.shl (local.get $cover) (i32.const 24))
        (call $blt_mix_component (local.get $source) (local.get $dest) (i32.const 16)))
      (call $blt_mix_component (local.get $source) (local.get $dest) (i32.const 8)))
    (call $blt_mix_component (local.get $source) (local.get $dest) (i32.const 0))))

;; Rule 41 for a word of any depth.
(func $blt_component_alpha (param $source i32) (param $dest i32) (result i32)
  (local $mask i32) (local $result i32) (local $at i32) (local $pixel i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $result (i32.const 0))
  (local.set $at (i32.const 0))
  (if (i32.eqz (local.get $source)) (then (return (local.get $dest))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 32))
    (then (return_call $blt_component_alpha_32 (local.get $source) (local.get $dest))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $at) (i32.const 32))))
      (local.set $pixel
        (call $blt_component_alpha_32
          (call $blt_widened (i32.and (i32.shr_u (local.get $source) (local.get $at)) (local.get $mask)))
          (call $blt_widened (i32.and (i32.shr_u (local.get $dest) (local.get $at)) (local.get $mask)))))
      (local.set $result
        (i32.or (local.get $result)
          (i32.shl
            (call $blt_convert_rgb (local.get $pixel) (i32.const 32) (global.get $blt_dest_depth))
            (local.get $at))))
      (local.set $at (i32.add (local.get $at) (global.get $blt_dest_depth)))
      (br $next)))
  (local.get $result))

(func $blt_widened (param $pixel i32) (result i32)
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
    (then (return (i32.or (call $blt_convert_16_to_32 (local.get $pixel)) (i32.const 0xFF000000)))))
  (i32.or (call $blt_convert_rgb (local.get $pixel) (global.get $blt_dest_depth) (i32.const 32))
    (i32.const 0xFF000000)))

;; --- loops ---

;; Does the copy if it is one of these; answers whether it did.
(func $blt_blend_quickly (result i32)
  (if
    (i32.or
      (i32.or (global.get $blt_no_source) (i32.ne (global.get $blt_source_depth) (i32.const 32)))
      (i32.eqz (i32.or (i32.eq (global.get $blt_rule) (i32.const 34)) (i32.eq (global.get $blt_rule) (i32.const 41)))))
    (then (return (i32.const 0))))
  (if (ref.eq (global.get $blt_source_bits) (global.get $blt_dest_bits)) (then (return (i32.const 0))))
  (if
    (i32.or (i32.lt_s (global.get $blt_dest_depth) (i32.const 8))
      (i32.and
        (i32.and (i32.eq (global.get $blt_dest_depth) (i32.const 8)) (i32.eq (global.get $blt_rule) (i32.const 34)))
        (i32.eqz (i32.and (global.get $blt_map_flags) (i32.const 1)))))
    (then (return (i32.const 0))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 32))
    (then
      (if (i32.eq (global.get $blt_rule) (i32.const 34))
        (then (call $blt_blend_32))
        (else (call $blt_component_blend_32)))))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 16)) (then (call $blt_blend_16)))
  (if (i32.eq (global.get $blt_dest_depth) (i32.const 8)) (then (call $blt_blend_8)))
  (i32.const 1))

(func $blt_blend_32
  (local $y i32) (local $from i32) (local $to i32) (local $end i32) (local $pixel i32)
  (local.set $y (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (local.set $from
        (i32.add
          (i32.mul (i32.add (global.get $blt_sy) (local.get $y)) (global.get $blt_source_pitch))
          (global.get $blt_sx)))
      (local.set $to
        (i32.add
          (i32.mul (i32.add (global.get $blt_dy) (local.get $y)) (global.get $blt_dest_pitch))
          (global.get $blt_dx)))
      (local.set $end (i32.add (local.get $to) (global.get $blt_bb_w)))
      (block $done2
        (loop $next2
          (br_if $done2 (i32.eqz (i32.lt_s (local.get $to) (local.get $end))))
          (local.set $pixel (array.get $Words (global.get $blt_source_bits) (local.get $from)))
          (if (i32.shr_u (local.get $pixel) (i32.const 24))
            (then
              (array.set $Words (global.get $blt_dest_bits) (local.get $to)
                (if (result i32)
                  (i32.eq (i32.shr_s (local.get $pixel) (i32.const 24)) (i32.const -1))
                  (then (local.get $pixel))
                  (else
                    (call $blt_alpha_scaled (local.get $pixel)
                      (array.get $Words (global.get $blt_dest_bits) (local.get $to))))))))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (br $next2)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))

(func $blt_component_blend_32
  (local $y i32) (local $from i32) (local $to i32) (local $end i32) (local $pixel i32)
  (local.set $y (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (local.set $from
        (i32.add
          (i32.mul (i32.add (global.get $blt_sy) (local.get $y)) (global.get $blt_source_pitch))
          (global.get $blt_sx)))
      (local.set $to
        (i32.add
          (i32.mul (i32.add (global.get $blt_dy) (local.get $y)) (global.get $blt_dest_pitch))
          (global.get $blt_dx)))
      (local.set $end (i32.add (local.get $to) (global.get $blt_bb_w)))
      (block $done2
        (loop $next2
          (br_if $done2 (i32.eqz (i32.lt_s (local.get $to) (local.get $end))))
          (local.set $pixel (array.get $Words (global.get $blt_source_bits) (local.get $from)))
          (if (i32.and (local.get $pixel) (i32.const 0xFFFFFF))
            (then
              (array.set $Words (global.get $blt_dest_bits) (local.get $to)
                (call $blt_component_alpha_32 (local.get $pixel)
                  (array.get $Words (global.get $blt_dest_bits) (local.get $to))))))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (local.set $to (i32.add (local.get $to) (i32.const 1)))
          (br $next2)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))

;; What a source pixel makes of a 16-bit destination pixel; 0: it leaves it alone.
(func $blt_blend_pixel_16 (param $pixel i32) (param $dest i32) (param $threshold i32) (result i32)
  (local.set $dest (i32.or (call $blt_convert_16_to_32 (local.get $dest)) (i32.const 0xFF000000)))
  (if (i32.eq (global.get $blt_rule) (i32.const 41))
    (then
      (if (i32.eqz (i32.and (local.get $pixel) (i32.const 0xFFFFFF))) (then (return (i32.const 0))))
      (return_call $blt_dither_pixel
        (call $blt_component_alpha_32 (local.get $pixel) (local.get $dest))
        (local.get $threshold))))
  (if (i32.eqz (i32.shr_u (local.get $pixel) (i32.const 24))) (then (return (i32.const 0))))
  (if (i32.ne (i32.shr_u (local.get $pixel) (i32.const 24)) (i32.const 255))
    (then (local.set $pixel (call $blt_alpha_scaled (local.get $pixel) (local.get $dest)))))
  (return_call $blt_dither_pixel (local.get $pixel) (local.get $threshold)))

(func $blt_blend_16
  (local $y i32) (local $from i32) (local $x i32) (local $to i32) (local $shift i32) (local $threshold i32)
  (local $pixel i32)
  (local.set $y (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (local.set $from
        (i32.add
          (i32.mul (i32.add (global.get $blt_sy) (local.get $y)) (global.get $blt_source_pitch))
          (global.get $blt_sx)))
      (local.set $x (i32.const 0))
      (block $done2
        (loop $next2
          (br_if $done2 (i32.eqz (i32.lt_s (local.get $x) (global.get $blt_bb_w))))
          (local.set $to
            (i32.add
              (i32.mul (i32.add (global.get $blt_dy) (local.get $y)) (global.get $blt_dest_pitch))
              (i32.shr_u (i32.add (global.get $blt_dx) (local.get $x)) (i32.const 1))))
          (local.set $shift
            (i32.shl (i32.and (i32.add (global.get $blt_dx) (local.get $x)) (i32.const 1)) (i32.const 4)))
          (if (global.get $blt_dest_msb) (then (local.set $shift (i32.sub (i32.const 16) (local.get $shift)))))
          (local.set $threshold
            (array.get_u $Bytes (global.get $blt_dither_matrix)
              (i32.add
                (i32.mul (i32.and (i32.add (global.get $blt_dy) (local.get $y)) (i32.const 3)) (i32.const 4))
                (i32.and (i32.add (global.get $blt_sx) (local.get $x)) (i32.const 3)))))
          (local.set $pixel
            (call $blt_blend_pixel_16
              (array.get $Words (global.get $blt_source_bits) (i32.add (local.get $from) (local.get $x)))
              (i32.and
                (i32.shr_u (array.get $Words (global.get $blt_dest_bits) (local.get $to)) (local.get $shift))
                (i32.const 0xFFFF))
              (local.get $threshold)))
          (if (local.get $pixel)
            (then
              (array.set $Words (global.get $blt_dest_bits) (local.get $to)
                (i32.or
                  (i32.and (array.get $Words (global.get $blt_dest_bits) (local.get $to))
                    (i32.xor (i32.shl (i32.const 0xFFFF) (local.get $shift)) (i32.const -1)))
                  (i32.shl (local.get $pixel) (local.get $shift))))))
          (local.set $x (i32.add (local.get $x) (i32.const 1)))
          (br $next2)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))

;; What a source pixel makes of an indexed one; -1: it leaves it alone. Nearly transparent is transparent, nearly opaque opaque.
(func $blt_blend_pixel_8 (param $pixel i32) (param $dest i32) (result i32)
  (local $alpha i32)
  (local.set $alpha (i32.shr_u (local.get $pixel) (i32.const 24)))
  (if (i32.eq (global.get $blt_rule) (i32.const 41))
    (then
      (local.set $alpha
        (i32.div_u
          (i32.add
            (i32.add (i32.and (i32.shr_u (local.get $pixel) (i32.const 16)) (i32.const 255))
              (i32.and (i32.shr_u (local.get $pixel) (i32.const 8)) (i32.const 255)))
            (i32.and (local.get $pixel) (i32.const 255)))
          (i32.const 3)))
      (if (i32.le_s (local.get $alpha) (i32.const 31)) (then (return (i32.const -1))))
      (if (i32.gt_s (local.get $alpha) (i32.const 224)) (then (local.set $pixel (i32.const 0xFFFFFFFF))))
      (return_call $blt_map_pixel
        (call $blt_component_alpha_32 (local.get $pixel) (call $blt_indexed_color (local.get $dest))))))
  (if (i32.le_s (local.get $alpha) (i32.const 31)) (then (return (i32.const -1))))
  (if (i32.lt_s (local.get $alpha) (i32.const 224))
    (then (local.set $pixel (call $blt_alpha_scaled (local.get $pixel) (call $blt_indexed_color (local.get $dest))))))
  (return_call $blt_map_pixel (local.get $pixel)))

;; Dithers by raising every other source pixel, in a checkerboard.
(func $blt_blend_8
  (local $adjust i32) (local $y i32) (local $from i32) (local $x i32) (local $to i32) (local $shift i32)
  (local $pixel i32)
  (local.set $adjust
    (select (i32.const 0) (i32.const 0x1F1F1F1F)
      (i32.and (i32.xor (global.get $blt_dx) (global.get $blt_dy)) (i32.const 1))))
  (local.set $y (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (local.set $adjust (i32.xor (local.get $adjust) (i32.const 0x1F1F1F1F)))
      (local.set $from
        (i32.add
          (i32.mul (i32.add (global.get $blt_sy) (local.get $y)) (global.get $blt_source_pitch))
          (global.get $blt_sx)))
      (local.set $x (i32.const 0))
      (block $done2
        (loop $next2
          (br_if $done2 (i32.eqz (i32.lt_s (local.get $x) (global.get $blt_bb_w))))
          (local.set $to
            (i32.add
              (i32.mul (i32.add (global.get $blt_dy) (local.get $y)) (global.get $blt_dest_pitch))
              (i32.shr_u (i32.add (global.get $blt_dx) (local.get $x)) (i32.const 2))))
          (local.set $shift
            (i32.shl (i32.and (i32.add (global.get $blt_dx) (local.get $x)) (i32.const 3)) (i32.const 3)))
          (if (global.get $blt_dest_msb) (then (local.set $shift (i32.sub (i32.const 24) (local.get $shift)))))
          (local.set $pixel
            (call $blt_blend_pixel_8
              (i32.add
                (i32.and
                  (array.get $Words (global.get $blt_source_bits) (i32.add (local.get $from) (local.get $x)))
                  (i32.xor (local.get $adjust) (i32.const -1)))
                (local.get $adjust))
              (i32.and
                (i32.shr_u (array.get $Words (global.get $blt_dest_bits) (local.get $to)) (local.get $shift))
                (i32.const 255))))
          (if (i32.ne (local.get $pixel) (i32.const -1))
            (then
              (array.set $Words (global.get $blt_dest_bits) (local.get $to)
                (i32.or
                  (i32.and (array.get $Words (global.get $blt_dest_bits) (local.get $to))
                    (i32.xor (i32.shl (i32.const 255) (local.get $shift)) (i32.const -1)))
                  (i32.shl (local.get $pixel) (local.get $shift))))))
          (local.set $adjust (i32.xor (local.get $adjust) (i32.const 0x1F1F1F1F)))
          (local.set $x (i32.add (local.get $x) (i32.const 1)))
          (br $next2)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))
