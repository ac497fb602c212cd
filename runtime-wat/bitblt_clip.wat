;; BitBlt: clipping, and where the walk over the words of the clipped rectangle starts, in which direction it goes, and which
;; bits of a row's first and last word it may store. Indices into bits count words.
;; The clipped copy.
(global $blt_sx (mut i32) (i32.const 0))
(global $blt_sy (mut i32) (i32.const 0))
(global $blt_dx (mut i32) (i32.const 0))
(global $blt_dy (mut i32) (i32.const 0))
(global $blt_bb_w (mut i32) (i32.const 0))
(global $blt_bb_h (mut i32) (i32.const 0))

;; The walk over the words.
(global $blt_mask1 (mut i32) (i32.const 0))           ;; bits to store in a row's first word
(global $blt_mask2 (mut i32) (i32.const 0))           ;; in its last
(global $blt_n_words (mut i32) (i32.const 0))
(global $blt_h_dir (mut i32) (i32.const 1))           ;; 1 or -1
(global $blt_v_dir (mut i32) (i32.const 1))
(global $blt_dest_index (mut i32) (i32.const 0))
(global $blt_dest_delta (mut i32) (i32.const 0))      ;; from the end of a row to the start of the next
(global $blt_source_index (mut i32) (i32.const 0))
(global $blt_source_delta (mut i32) (i32.const 0))
(global $blt_skew (mut i32) (i32.const 0))            ;; how far source bits are shifted
(global $blt_preload (mut i32) (i32.const 0))         ;; the first of two source words is read ahead

;; The rule needs an argument that was not given.
(global $blt_argument_missing (mut i32) (i32.const 0))

;; What was changed.
(global $blt_left (mut i32) (i32.const 0))
(global $blt_top (mut i32) (i32.const 0))
(global $blt_right (mut i32) (i32.const 0))
(global $blt_bottom (mut i32) (i32.const 0))

;; --- clipping ---

(func $blt_clip
  (global.set $blt_sx (global.get $blt_source_x))
  (global.set $blt_dx (global.get $blt_dest_x))
  (global.set $blt_bb_w (global.get $blt_width))
  (if (i32.lt_s (global.get $blt_dest_x) (global.get $blt_clip_x))
    (then
      (global.set $blt_sx
        (i32.sub (i32.add (global.get $blt_source_x) (global.get $blt_clip_x)) (global.get $blt_dest_x)))
      (global.set $blt_bb_w
        (i32.sub (global.get $blt_width) (i32.sub (global.get $blt_clip_x) (global.get $blt_dest_x))))
      (global.set $blt_dx (global.get $blt_clip_x))))
  (if
    (i32.gt_s
      (i32.add (global.get $blt_dx) (global.get $blt_bb_w))
      (i32.add (global.get $blt_clip_x) (global.get $blt_clip_width)))
    (then
      (global.set $blt_bb_w
        (i32.sub (i32.add (global.get $blt_clip_x) (global.get $blt_clip_width)) (global.get $blt_dx)))))
  (global.set $blt_sy (global.get $blt_source_y))
  (global.set $blt_dy (global.get $blt_dest_y))
  (global.set $blt_bb_h (global.get $blt_height))
  (if (i32.lt_s (global.get $blt_dest_y) (global.get $blt_clip_y))
    (then
      (global.set $blt_sy
        (i32.sub (i32.add (global.get $blt_source_y) (global.get $blt_clip_y)) (global.get $blt_dest_y)))
      (global.set $blt_bb_h
        (i32.sub (global.get $blt_height) (i32.sub (global.get $blt_clip_y) (global.get $blt_dest_y))))
      (global.set $blt_dy (global.get $blt_clip_y))))
  (if
    (i32.gt_s
      (i32.add (global.get $blt_dy) (global.get $blt_bb_h))
      (i32.add (global.get $blt_clip_y) (global.get $blt_clip_height)))
    (then
      (global.set $blt_bb_h
        (i32.sub (i32.add (global.get $blt_clip_y) (global.get $blt_clip_height)) (global.get $blt_dy))))))

(func $blt_clip_to_source
  (if (i32.lt_s (global.get $blt_sx) (i32.const 0))
    (then
      (global.set $blt_dx (i32.sub (global.get $blt_dx) (global.get $blt_sx)))
      (global.set $blt_bb_w (i32.add (global.get $blt_bb_w) (global.get $blt_sx)))
      (global.set $blt_sx (i32.const 0))))
  (if
    (i32.gt_s (i32.add (global.get $blt_sx) (global.get $blt_bb_w)) (global.get $blt_source_width))
    (then (global.set $blt_bb_w (i32.sub (global.get $blt_source_width) (global.get $blt_sx)))))
  (if (i32.lt_s (global.get $blt_sy) (i32.const 0))
    (then
      (global.set $blt_dy (i32.sub (global.get $blt_dy) (global.get $blt_sy)))
      (global.set $blt_bb_h (i32.add (global.get $blt_bb_h) (global.get $blt_sy)))
      (global.set $blt_sy (i32.const 0))))
  (if
    (i32.gt_s (i32.add (global.get $blt_sy) (global.get $blt_bb_h)) (global.get $blt_source_height))
    (then (global.set $blt_bb_h (i32.sub (global.get $blt_source_height) (global.get $blt_sy))))))

;; Whether there is anything to copy. Numbers that overflow must not lead outside of the Forms.
(func $blt_is_visible (result i32)
  (if
    (i32.or (i32.le_s (global.get $blt_bb_w) (i32.const 0)) (i32.le_s (global.get $blt_bb_h) (i32.const 0)))
    (then (return (i32.const 0))))
  (i32.and
    (i32.and
      (i32.and (i32.le_u (global.get $blt_dx) (global.get $blt_dest_width))
        (i32.le_u (global.get $blt_bb_w) (i32.sub (global.get $blt_dest_width) (global.get $blt_dx))))
      (i32.le_u (global.get $blt_dy) (global.get $blt_dest_height)))
    (i32.le_u (global.get $blt_bb_h) (i32.sub (global.get $blt_dest_height) (global.get $blt_dy)))))

(func $blt_source_is_visible (result i32)
  (i32.and
    (i32.and
      (i32.and (i32.le_u (global.get $blt_sx) (global.get $blt_source_width))
        (i32.le_u (global.get $blt_bb_w) (i32.sub (global.get $blt_source_width) (global.get $blt_sx))))
      (i32.le_u (global.get $blt_sy) (global.get $blt_source_height)))
    (i32.le_u (global.get $blt_bb_h) (i32.sub (global.get $blt_source_height) (global.get $blt_sy)))))

(func $blt_nothing_changed
  (global.set $blt_left (i32.const 0))
  (global.set $blt_top (i32.const 0))
  (global.set $blt_right (i32.const 0))
  (global.set $blt_bottom (i32.const 0)))

(func $blt_all_changed
  (global.set $blt_left (global.get $blt_dx))
  (global.set $blt_top (global.get $blt_dy))
  (global.set $blt_right (i32.add (global.get $blt_dx) (global.get $blt_bb_w)))
  (global.set $blt_bottom (i32.add (global.get $blt_dy) (global.get $blt_bb_h))))

;; --- the walk ---

;; Masks, number of words and start of a walk from the top left on.
(func $blt_init_dest
  (local $low i32) (local $start i32) (local $end i32)
  (local.set $low (i32.sub (global.get $blt_dest_ppw) (i32.const 1)))
  (local.set $start (i32.sub (global.get $blt_dest_ppw) (i32.and (global.get $blt_dx) (local.get $low))))
  (local.set $end
    (i32.add
      (i32.and (i32.sub (i32.add (global.get $blt_dx) (global.get $blt_bb_w)) (i32.const 1)) (local.get $low))
      (i32.const 1)))
  (global.set $blt_mask1
    (if (result i32) (global.get $blt_dest_msb)
      (then
        (i32.shr_u (i32.const -1) (i32.sub (i32.const 32) (i32.mul (local.get $start) (global.get $blt_dest_depth)))))
      (else
        (i32.shl (i32.const -1) (i32.sub (i32.const 32) (i32.mul (local.get $start) (global.get $blt_dest_depth)))))))
  (global.set $blt_mask2
    (if (result i32) (global.get $blt_dest_msb)
      (then (i32.shl (i32.const -1) (i32.sub (i32.const 32) (i32.mul (local.get $end) (global.get $blt_dest_depth)))))
      (else
        (i32.shr_u (i32.const -1) (i32.sub (i32.const 32) (i32.mul (local.get $end) (global.get $blt_dest_depth)))))))
  (if (i32.lt_s (global.get $blt_bb_w) (local.get $start))
    (then
      (global.set $blt_mask1 (i32.and (global.get $blt_mask1) (global.get $blt_mask2)))
      (global.set $blt_mask2 (i32.const 0))
      (global.set $blt_n_words (i32.const 1)))
    (else
      (global.set $blt_n_words
        (i32.add
          (i32.div_u
            (i32.add (i32.sub (global.get $blt_bb_w) (local.get $start)) (local.get $low))
            (global.get $blt_dest_ppw))
          (i32.const 1)))))
  (global.set $blt_h_dir (i32.const 1))
  (global.set $blt_v_dir (i32.const 1))
  (call $blt_init_dest_index))

(func $blt_init_dest_index
  (global.set $blt_dest_index
    (i32.add (i32.mul (global.get $blt_dy) (global.get $blt_dest_pitch))
      (i32.div_u (global.get $blt_dx) (global.get $blt_dest_ppw))))
  (global.set $blt_dest_delta
    (i32.sub (i32.mul (global.get $blt_dest_pitch) (global.get $blt_v_dir))
      (i32.mul (global.get $blt_n_words) (global.get $blt_h_dir)))))

;; Within one Form the copy starts at the end where nothing is overwritten before it was read.
(func $blt_check_overlap
  (local $mask i32)
  (local.set $mask (global.get $blt_mask1))
  (if (i32.eqz (ref.eq (global.get $blt_source_form) (global.get $blt_dest_form))) (then (return)))
  (if (i32.gt_s (global.get $blt_dy) (global.get $blt_sy))
    (then
      (global.set $blt_v_dir (i32.const -1))
      (global.set $blt_sy (i32.sub (i32.add (global.get $blt_sy) (global.get $blt_bb_h)) (i32.const 1)))
      (global.set $blt_dy (i32.sub (i32.add (global.get $blt_dy) (global.get $blt_bb_h)) (i32.const 1)))))
  (if
    (i32.and
      (i32.and (i32.eq (global.get $blt_v_dir) (i32.const 1)) (i32.eq (global.get $blt_dy) (global.get $blt_sy)))
      (i32.gt_s (global.get $blt_dx) (global.get $blt_sx)))
    (then
      (global.set $blt_h_dir (i32.const -1))
      (global.set $blt_sx (i32.sub (i32.add (global.get $blt_sx) (global.get $blt_bb_w)) (i32.const 1)))
      (global.set $blt_dx (i32.sub (i32.add (global.get $blt_dx) (global.get $blt_bb_w)) (i32.const 1)))
      (if (i32.gt_s (global.get $blt_n_words) (i32.const 1))
        (then
          (global.set $blt_mask1 (global.get $blt_mask2))
          (global.set $blt_mask2 (local.get $mask))))))
  (call $blt_init_dest_index))

;; For source and destination of one depth.
(func $blt_init_skew
  (local $low i32) (local $source i32) (local $dest i32) (local $inFirst i32)
  (local.set $low (i32.sub (global.get $blt_dest_ppw) (i32.const 1)))
  (local.set $source (i32.and (global.get $blt_sx) (local.get $low)))
  (local.set $dest (i32.and (global.get $blt_dx) (local.get $low)))
  (local.set $inFirst
    (select (i32.sub (global.get $blt_dest_ppw) (local.get $dest))
      (i32.add (local.get $dest) (i32.const 1))
      (i32.gt_s (global.get $blt_h_dir) (i32.const 0))))
  (if (i32.lt_s (global.get $blt_bb_w) (local.get $inFirst)) (then (local.set $inFirst (global.get $blt_bb_w))))
  (global.set $blt_preload
    (if (result i32) (i32.gt_s (global.get $blt_h_dir) (i32.const 0))
      (then (i32.gt_s (i32.add (local.get $source) (local.get $inFirst)) (local.get $low)))
      (else (i32.lt_s (i32.add (i32.sub (local.get $source) (local.get $inFirst)) (i32.const 1)) (i32.const 0)))))
  (global.set $blt_skew
    (i32.mul
      (select (i32.sub (local.get $source) (local.get $dest))
        (i32.sub (local.get $dest) (local.get $source))
        (global.get $blt_source_msb))
      (global.get $blt_dest_depth)))
  (if (global.get $blt_preload)
    (then
      (global.set $blt_skew
        (select (i32.add (global.get $blt_skew) (i32.const 32))
          (i32.sub (global.get $blt_skew) (i32.const 32))
          (i32.lt_s (global.get $blt_skew) (i32.const 0))))))
  (global.set $blt_source_index
    (i32.add (i32.mul (global.get $blt_sy) (global.get $blt_source_pitch))
      (i32.div_u (global.get $blt_sx) (global.get $blt_source_ppw))))
  (global.set $blt_source_delta
    (i32.sub (i32.mul (global.get $blt_source_pitch) (global.get $blt_v_dir))
      (i32.mul (i32.add (global.get $blt_n_words) (global.get $blt_preload)) (global.get $blt_h_dir)))))
