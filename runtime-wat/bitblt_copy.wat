;; BitBlt: the loops that copy without source, between Forms of one depth, and between depths or through a colour map; and the
;; choice between them.

(func $blt_halftone_at (param $y i32) (result i32)
  (if (global.get $blt_no_halftone) (then (return (i32.const -1))))
  (array.get $Words (global.get $blt_halftone) (i32.rem_u (local.get $y) (global.get $blt_halftone_height))))

;; Words beyond the bits are read ahead and never used.
(func $blt_source_at (param $index i32) (result i32)
  (if (i32.ge_u (local.get $index) (array.len (global.get $blt_source_bits))) (then (return (i32.const 0))))
  (array.get $Words (global.get $blt_source_bits) (local.get $index)))

;; --- loops ---

;; Merges a word into the destination where the mask says so.
(func $blt_store (param $source i32) (param $mask i32)
  (local $dest i32)
  (local.set $dest (array.get $Words (global.get $blt_dest_bits) (global.get $blt_dest_index)))
  (global.set $blt_dest_mask (local.get $mask))
  (array.set $Words (global.get $blt_dest_bits) (global.get $blt_dest_index)
    (i32.or (i32.and (call $blt_merge (local.get $source) (local.get $dest)) (local.get $mask))
      (i32.and (local.get $dest) (i32.xor (local.get $mask) (i32.const -1)))))
  (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (global.get $blt_h_dir))))

;; Several words that are all of them stored, from one source word.
(func $blt_fill_words (param $source i32) (param $count i32)
  (local $end i32)
  (global.set $blt_dest_mask (i32.const -1))
  (if (i32.eq (global.get $blt_rule) (i32.const 3))
    (then
      (array.fill $Words (global.get $blt_dest_bits) (global.get $blt_dest_index) (local.get $source) (local.get $count))
      (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (local.get $count)))
      (return)))
  (local.set $end (i32.add (global.get $blt_dest_index) (local.get $count)))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (global.get $blt_dest_index) (local.get $end))))
      (array.set $Words (global.get $blt_dest_bits) (global.get $blt_dest_index)
        (call $blt_merge (local.get $source)
          (array.get $Words (global.get $blt_dest_bits) (global.get $blt_dest_index))))
      (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (i32.const 1)))
      (br $next))))

(func $blt_loop_no_source
  (local $y i32) (local $halftone i32)
  (local.set $y (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (local.set $halftone (call $blt_halftone_at (i32.add (global.get $blt_dy) (local.get $y))))
      (call $blt_store (local.get $halftone) (global.get $blt_mask1))
      (if (i32.gt_s (global.get $blt_n_words) (i32.const 2))
        (then (call $blt_fill_words (local.get $halftone) (i32.sub (global.get $blt_n_words) (i32.const 2)))))
      (if (i32.gt_s (global.get $blt_n_words) (i32.const 1))
        (then (call $blt_store (local.get $halftone) (global.get $blt_mask2))))
      (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (global.get $blt_dest_delta)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))

;; One depth, no colour map: source words are shifted into place, two at a time where the skew is not 0.
(func $blt_loop
  (local $left i32) (local $y i32) (local $unskew i32) (local $skewMask i32) (local $halftone i32)
  (local $previous i32) (local $word i32)
  (local.set $left (global.get $blt_bb_h))
  (local.set $y (global.get $blt_dy))
  (local.set $unskew
    (select (i32.add (global.get $blt_skew) (i32.const 32))
      (i32.sub (global.get $blt_skew) (i32.const 32))
      (i32.lt_s (global.get $blt_skew) (i32.const 0))))
  (local.set $skewMask
    (if (result i32) (i32.lt_s (global.get $blt_skew) (i32.const 0))
      (then (i32.shl (i32.const -1) (i32.sub (i32.const 0) (global.get $blt_skew))))
      (else (i32.shr_u (i32.const -1) (global.get $blt_skew)))))
  (if (i32.eqz (global.get $blt_skew)) (then (local.set $unskew (i32.const 0))))
  (if (i32.eq (global.get $blt_skew) (i32.const -32))
    (then
      (global.set $blt_skew (i32.const 0))
      (local.set $unskew (i32.const 0))
      (local.set $skewMask (i32.const 0))))
  (loop $next
    (local.set $halftone (call $blt_halftone_at (local.get $y)))
    (local.set $previous (i32.const 0))
    (local.set $y (i32.add (local.get $y) (global.get $blt_v_dir)))
    (if (global.get $blt_preload)
      (then
        (local.set $previous (call $blt_source_at (global.get $blt_source_index)))
        (global.set $blt_source_index (i32.add (global.get $blt_source_index) (global.get $blt_h_dir)))))
    (local.set $previous
      (call $blt_first_word (local.get $previous) (local.get $skewMask) (local.get $unskew) (local.get $halftone)))
    (if (i32.gt_s (global.get $blt_n_words) (i32.const 2))
      (then
        (if
          (i32.and
            (i32.and (i32.eq (global.get $blt_rule) (i32.const 3)) (i32.eqz (global.get $blt_skew)))
            (i32.eq (local.get $halftone) (i32.const -1)))
          (then
            (local.set $previous
              (call $blt_move_words (i32.sub (global.get $blt_n_words) (i32.const 2)) (local.get $skewMask))))
          (else
            (local.set $previous
              (call $blt_middle_words (local.get $previous) (local.get $skewMask)
                (local.get $unskew)
                (local.get $halftone)))))))
    (if (i32.gt_s (global.get $blt_n_words) (i32.const 1))
      (then
        (local.set $word (call $blt_source_at (global.get $blt_source_index)))
        (global.set $blt_source_index (i32.add (global.get $blt_source_index) (global.get $blt_h_dir)))
        (call $blt_store
          (i32.and
            (i32.or
              (call $blt_shifted
                (i32.and (local.get $previous) (i32.xor (local.get $skewMask) (i32.const -1)))
                (local.get $unskew))
              (call $blt_shifted (i32.and (local.get $word) (local.get $skewMask)) (global.get $blt_skew)))
            (local.get $halftone))
          (global.get $blt_mask2))))
    (global.set $blt_source_index (i32.add (global.get $blt_source_index) (global.get $blt_source_delta)))
    (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (global.get $blt_dest_delta)))
    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
    (br_if $next (local.get $left))))

;; Each answers the source word that it read last.
(func $blt_first_word (param $previous i32) (param $skewMask i32) (param $unskew i32) (param $halftone i32)
  (result i32)
  (local $word i32)
  (local.set $word (call $blt_source_at (global.get $blt_source_index)))
  (global.set $blt_source_index (i32.add (global.get $blt_source_index) (global.get $blt_h_dir)))
  (call $blt_store
    (i32.and
      (i32.or
        (call $blt_shifted
          (i32.and (local.get $previous) (i32.xor (local.get $skewMask) (i32.const -1)))
          (local.get $unskew))
        (call $blt_shifted (i32.and (local.get $word) (local.get $skewMask)) (global.get $blt_skew)))
      (local.get $halftone))
    (global.get $blt_mask1))
  (local.get $word))

(func $blt_middle_words (param $previous i32) (param $skewMask i32) (param $unskew i32) (param $halftone i32)
  (result i32)
  (local $left i32) (local $from i32) (local $to i32) (local $word i32) (local $source i32)
  (local.set $left (i32.sub (global.get $blt_n_words) (i32.const 2)))
  (local.set $from (global.get $blt_source_index))
  (local.set $to (global.get $blt_dest_index))
  (global.set $blt_dest_mask (i32.const -1))
  (loop $next
    (local.set $word (call $blt_source_at (local.get $from)))
    (local.set $from (i32.add (local.get $from) (global.get $blt_h_dir)))
    (local.set $source
      (i32.and
        (i32.or
          (call $blt_shifted
            (i32.and (local.get $previous) (i32.xor (local.get $skewMask) (i32.const -1)))
            (local.get $unskew))
          (call $blt_shifted (i32.and (local.get $word) (local.get $skewMask)) (global.get $blt_skew)))
        (local.get $halftone)))
    (local.set $previous (local.get $word))
    (array.set $Words (global.get $blt_dest_bits) (local.get $to)
      (if (result i32) (i32.eq (global.get $blt_rule) (i32.const 3))
        (then (local.get $source))
        (else (call $blt_merge (local.get $source) (array.get $Words (global.get $blt_dest_bits) (local.get $to))))))
    (local.set $to (i32.add (local.get $to) (global.get $blt_h_dir)))
    (local.set $left (i32.sub (local.get $left) (i32.const 1)))
    (br_if $next (local.get $left)))
  (global.set $blt_source_index (local.get $from))
  (global.set $blt_dest_index (local.get $to))
  (local.get $previous))

;; Whole words that are not shifted. With a preload the word read last is the first one to be moved.
(func $blt_move_words (param $count i32) (param $skewMask i32) (result i32)
  (local $from i32) (local $to i32)
  (local.set $from
    (select (global.get $blt_source_index)
      (i32.sub (global.get $blt_source_index) (global.get $blt_h_dir))
      (local.get $skewMask)))
  (local.set $to (global.get $blt_dest_index))
  (if (i32.lt_s (global.get $blt_h_dir) (i32.const 0))
    (then
      (local.set $from (i32.add (i32.sub (local.get $from) (local.get $count)) (i32.const 1)))
      (local.set $to (i32.add (i32.sub (local.get $to) (local.get $count)) (i32.const 1)))))
  (array.copy $Words $Words (global.get $blt_dest_bits) (local.get $to) (global.get $blt_source_bits) (local.get $from)
    (local.get $count))
  (global.set $blt_source_index
    (i32.add (global.get $blt_source_index) (i32.mul (local.get $count) (global.get $blt_h_dir))))
  (global.set $blt_dest_index
    (i32.add (global.get $blt_dest_index) (i32.mul (local.get $count) (global.get $blt_h_dir))))
  (return_call $blt_source_at (i32.sub (global.get $blt_source_index) (global.get $blt_h_dir))))

;; Between depths, byte orders, or through a colour map: pixel by pixel.
(func $blt_loop_mapped
  (local $low i32) (local $sourceShift i32) (local $destShift i32) (local $inFirst i32) (local $y i32)
  (local.set $low (i32.sub (global.get $blt_source_ppw) (i32.const 1)))
  (local.set $sourceShift (i32.mul (i32.and (global.get $blt_sx) (local.get $low)) (global.get $blt_source_depth)))
  (local.set $destShift
    (i32.mul (i32.and (global.get $blt_dx) (i32.sub (global.get $blt_dest_ppw) (i32.const 1)))
      (global.get $blt_dest_depth)))
  (local.set $inFirst
    (i32.sub (global.get $blt_dest_ppw)
      (i32.and (global.get $blt_dx) (i32.sub (global.get $blt_dest_ppw) (i32.const 1)))))
  (local.set $y (i32.const 0))
  (if (global.get $blt_source_msb)
    (then
      (local.set $sourceShift
        (i32.sub (i32.sub (i32.const 32) (global.get $blt_source_depth)) (local.get $sourceShift)))))
  (if (global.get $blt_dest_msb)
    (then
      (local.set $destShift (i32.sub (i32.sub (i32.const 32) (global.get $blt_dest_depth)) (local.get $destShift)))))
  (if (i32.lt_s (global.get $blt_bb_w) (local.get $inFirst)) (then (local.set $inFirst (global.get $blt_bb_w))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (global.set $blt_source_index
        (i32.add
          (i32.mul (i32.add (global.get $blt_sy) (local.get $y)) (global.get $blt_source_pitch))
          (i32.div_u (global.get $blt_sx) (global.get $blt_source_ppw))))
      (call $blt_mapped_row (call $blt_halftone_at (i32.add (global.get $blt_dy) (local.get $y)))
        (local.get $sourceShift)
        (local.get $destShift)
        (local.get $inFirst))
      (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (global.get $blt_dest_delta)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))

(func $blt_mapped_row (param $halftone i32) (param $sourceShift i32) (param $destShift i32) (param $pixels i32)
  (local $words i32) (local $sourceMask i32) (local $destMask i32) (local $sourceStep i32) (local $destStep i32)
  (local $mask i32) (local $left i32) (local $word i32) (local $packed i32)
  (local.set $words (global.get $blt_n_words))
  (local.set $sourceMask (call $blt_pixel_mask (global.get $blt_source_depth)))
  (local.set $destMask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $sourceStep
    (select (i32.sub (i32.const 0) (global.get $blt_source_depth)) (global.get $blt_source_depth)
      (global.get $blt_source_msb)))
  (local.set $destStep
    (select (i32.sub (i32.const 0) (global.get $blt_dest_depth)) (global.get $blt_dest_depth)
      (global.get $blt_dest_msb)))
  (local.set $mask (global.get $blt_mask1))
  (local.set $left (i32.const 0))
  (loop $next
    (local.set $word (call $blt_source_at (global.get $blt_source_index)))
    (local.set $packed (i32.const 0))
    (local.set $left (local.get $pixels))
    (loop $next2
      (local.set $packed
        (i32.or (local.get $packed)
          (i32.shl
            (i32.and
              (call $blt_map_pixel
                (i32.and (i32.shr_u (local.get $word) (local.get $sourceShift)) (local.get $sourceMask)))
              (local.get $destMask))
            (local.get $destShift))))
      (local.set $destShift (i32.add (local.get $destShift) (local.get $destStep)))
      (local.set $sourceShift (i32.add (local.get $sourceShift) (local.get $sourceStep)))
      (if (i32.and (local.get $sourceShift) (i32.const -32))
        (then
          (local.set $sourceShift (i32.and (local.get $sourceShift) (i32.const 31)))
          (global.set $blt_source_index (i32.add (global.get $blt_source_index) (i32.const 1)))
          (local.set $word (call $blt_source_at (global.get $blt_source_index)))))
      (local.set $left (i32.sub (local.get $left) (i32.const 1)))
      (br_if $next2 (local.get $left)))
    (call $blt_store_mapped (i32.and (local.get $packed) (local.get $halftone)) (local.get $mask))
    (local.set $destShift
      (select (i32.sub (i32.const 32) (global.get $blt_dest_depth)) (i32.const 0) (global.get $blt_dest_msb)))
    (local.set $mask (select (global.get $blt_mask2) (i32.const -1) (i32.eq (local.get $words) (i32.const 2))))
    (local.set $pixels
      (select
        (i32.add
          (i32.and (i32.sub (i32.add (global.get $blt_dx) (global.get $blt_bb_w)) (i32.const 1))
            (i32.sub (global.get $blt_dest_ppw) (i32.const 1)))
          (i32.const 1))
        (global.get $blt_dest_ppw)
        (i32.eq (local.get $words) (i32.const 2))))
    (local.set $words (i32.sub (local.get $words) (i32.const 1)))
    (br_if $next (local.get $words))))

;; As $blt_store; but the rule sees only the pixels that will be stored.
(func $blt_store_mapped (param $source i32) (param $mask i32)
  (local $dest i32)
  (local.set $dest (array.get $Words (global.get $blt_dest_bits) (global.get $blt_dest_index)))
  (global.set $blt_dest_mask (local.get $mask))
  (array.set $Words (global.get $blt_dest_bits) (global.get $blt_dest_index)
    (i32.or
      (i32.and (call $blt_merge (local.get $source) (i32.and (local.get $dest) (local.get $mask))) (local.get $mask))
      (i32.and (local.get $dest) (i32.xor (local.get $mask) (i32.const -1)))))
  (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (i32.const 1))))

;; --- the copy ---

;; Clips and copies; what was changed is in $blt_left and so on.
(func $blt_copy
  (global.set $blt_bit_count (i32.const 0))
  (call $blt_clip)
  (if (i32.eqz (global.get $blt_no_source)) (then (call $blt_clip_to_source)))
  (if
    (if (result i32) (i32.eqz (call $blt_is_visible))
      (then (i32.const 1))
      (else
        (i32.eqz
          (if (result i32) (global.get $blt_no_source)
            (then (i32.const 1))
            (else (call $blt_source_is_visible))))))
    (then
      (call $blt_nothing_changed)
      (return)))
  (call $blt_all_changed)
  (if (global.get $blt_argument_missing) (then (global.set $blt_failed (i32.const 1)) (return)))
  (if (call $blt_blend_quickly) (then (return)))
  (call $blt_init_dest)
  (if (global.get $blt_no_source) (then (call $blt_loop_no_source) (return)))
  (if
    (i32.or
      (i32.or (i32.ne (global.get $blt_source_depth) (global.get $blt_dest_depth))
        (i32.ne (global.get $blt_map_flags) (i32.const 0)))
      (i32.ne (global.get $blt_source_msb) (global.get $blt_dest_msb)))
    (then
      (call $blt_loop_mapped)
      (return)))
  (call $blt_check_overlap)
  (call $blt_init_skew)
  (call $blt_loop))
