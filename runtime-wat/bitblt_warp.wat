;; WarpBlt: copies a quadrilateral of the source onto a rectangle of the destination. The source position moves in steps of
;; 1/16384 pixel; with smoothing n each destination pixel is the average of n * n source pixels.
(global $blt_step_xh (mut i32) (i32.const 0))          ;; from one pixel to the next
(global $blt_step_yh (mut i32) (i32.const 0))
(global $blt_step_xv (mut i32) (i32.const 0))          ;; from one row to the next
(global $blt_step_yv (mut i32) (i32.const 0))
(global $blt_part_xh (mut i32) (i32.const 0))          ;; the same from one of the n * n source pixels to the next
(global $blt_part_yh (mut i32) (i32.const 0))
(global $blt_part_xv (mut i32) (i32.const 0))
(global $blt_part_yv (mut i32) (i32.const 0))
(global $blt_warp_x (mut i32) (i32.const 0))
(global $blt_warp_y (mut i32) (i32.const 0))
(global $blt_smoothing (mut i32) (i32.const 1))
(global $blt_source_map (mut (ref $Words)) (global.get $no_words))   ;; 32-bit colours of indexed source pixels

;; The step that leads from $first to $last in $count steps.
(func $blt_step (param $first i32) (param $last i32) (param $count i32) (result i32)
  (if (i32.gt_s (local.get $last) (local.get $first))
    (then
      (return
        (i32.add
          (i32.div_s
            (i32.add (i32.sub (local.get $last) (local.get $first)) (i32.const 16384))
            (i32.add (local.get $count) (i32.const 1)))
          (i32.const 1)))))
  (if (i32.eq (local.get $last) (local.get $first)) (then (return (i32.const 0))))
  (i32.sub (i32.const 0)
    (i32.add
      (i32.div_s
        (i32.add (i32.sub (local.get $first) (local.get $last)) (i32.const 16384))
        (i32.add (local.get $count) (i32.const 1)))
      (i32.const 1))))

;; Where to start so that the steps end at $last: steps backwards are counted from the end.
(func $blt_start (param $first i32) (param $last i32) (param $step i32) (param $count i32) (result i32)
  (if (result i32) (i32.lt_s (local.get $step) (i32.const 0))
    (then (i32.sub (local.get $last) (i32.mul (local.get $count) (local.get $step))))
    (else (local.get $first))))

(func $blt_warp_pixel (param $x i32) (param $y i32) (result i32)
  (local $column i32) (local $row i32) (local $at i32) (local $word i32)
  (local.set $column (i32.shr_s (local.get $x) (i32.const 14)))
  (local.set $row (i32.shr_s (local.get $y) (i32.const 14)))
  (if
    (i32.or
      (i32.ge_u (local.get $column) (global.get $blt_source_width))
      (i32.ge_u (local.get $row) (global.get $blt_source_height)))
    (then (return (i32.const 0))))
  (local.set $at (i32.mul (local.get $column) (global.get $blt_source_depth)))
  (local.set $word
    (array.get $Words (global.get $blt_source_bits)
      (i32.add (i32.mul (local.get $row) (global.get $blt_source_pitch)) (i32.shr_u (local.get $at) (i32.const 5)))))
  (if (i32.eq (global.get $blt_source_depth) (i32.const 32)) (then (return (local.get $word))))
  (local.set $at (i32.and (local.get $at) (i32.const 31)))
  (i32.and
    (i32.shr_u (local.get $word)
      (select (i32.sub (i32.sub (i32.const 32) (global.get $blt_source_depth)) (local.get $at)) (local.get $at)
        (global.get $blt_source_msb)))
    (call $blt_pixel_mask (global.get $blt_source_depth))))

;; A source pixel as 32-bit colour.
(func $blt_warp_color (param $pixel i32) (result i32)
  (if (i32.lt_s (global.get $blt_source_depth) (i32.const 16))
    (then (return (array.get $Words (global.get $blt_source_map) (local.get $pixel)))))
  (if (i32.eq (global.get $blt_source_depth) (i32.const 16))
    (then (return_call $blt_convert_16_to_32 (local.get $pixel))))
  (local.get $pixel))

;; The average of the n * n pixels around the position; transparent when most are and the rule is painting.
(func $blt_warp_smooth_pixel (result i32)
  (local $n i32) (local $x i32) (local $y i32) (local $red i32) (local $green i32) (local $blue i32)
  (local $alpha i32) (local $count i32) (local $j i32) (local $xx i32) (local $yy i32) (local $k i32)
  (local $pixel i32)
  (local.set $n (global.get $blt_smoothing))
  (local.set $x (global.get $blt_warp_x))
  (local.set $y (global.get $blt_warp_y))
  (local.set $red (i32.const 0))
  (local.set $green (i32.const 0))
  (local.set $blue (i32.const 0))
  (local.set $alpha (i32.const 0))
  (local.set $count (i32.const 0))
  (local.set $j (local.get $n))
  (loop $next
    (local.set $xx (local.get $x))
    (local.set $yy (local.get $y))
    (local.set $k (local.get $n))
    (loop $next2
      (local.set $pixel (call $blt_warp_pixel (local.get $xx) (local.get $yy)))
      (if
        (i32.or (i32.ne (global.get $blt_rule) (i32.const 25)) (i32.ne (local.get $pixel) (i32.const 0)))
        (then
          (local.set $count (i32.add (local.get $count) (i32.const 1)))
          (local.set $pixel (call $blt_warp_color (local.get $pixel)))
          (local.set $blue (i32.add (local.get $blue) (i32.and (local.get $pixel) (i32.const 255))))
          (local.set $green
            (i32.add (local.get $green) (i32.and (i32.shr_u (local.get $pixel) (i32.const 8)) (i32.const 255))))
          (local.set $red
            (i32.add (local.get $red) (i32.and (i32.shr_u (local.get $pixel) (i32.const 16)) (i32.const 255))))
          (local.set $alpha (i32.add (local.get $alpha) (i32.shr_u (local.get $pixel) (i32.const 24))))))
      (local.set $xx (i32.add (local.get $xx) (global.get $blt_part_xh)))
      (local.set $yy (i32.add (local.get $yy) (global.get $blt_part_yh)))
      (local.set $k (i32.sub (local.get $k) (i32.const 1)))
      (br_if $next2 (local.get $k)))
    (local.set $x (i32.add (local.get $x) (global.get $blt_part_xv)))
    (local.set $y (i32.add (local.get $y) (global.get $blt_part_yv)))
    (local.set $j (i32.sub (local.get $j) (i32.const 1)))
    (br_if $next (local.get $j)))
  (if
    (if (result i32) (i32.eqz (local.get $count))
      (then (i32.const 1))
      (else
        (if (result i32) (i32.eq (global.get $blt_rule) (i32.const 25))
          (then (i32.lt_s (local.get $count) (i32.div_s (i32.mul (local.get $n) (local.get $n)) (i32.const 2))))
          (else (i32.const 0)))))
    (then (return (i32.const 0))))
  (return_call $blt_warp_average (i32.div_u (local.get $red) (local.get $count))
    (i32.div_u (local.get $green) (local.get $count))
    (i32.div_u (local.get $blue) (local.get $count))
    (i32.div_u (local.get $alpha) (local.get $count))))

(func $blt_warp_average (param $red i32) (param $green i32) (param $blue i32) (param $alpha i32) (result i32)
  (return_call $blt_map_pixel
    (i32.add
      (i32.add
        (i32.add (i32.shl (local.get $alpha) (i32.const 24)) (i32.shl (local.get $red) (i32.const 16)))
        (i32.shl (local.get $green) (i32.const 8)))
      (local.get $blue))))

;; A word of $count pixels, the first at $shift.
(func $blt_warp_word (param $count i32) (param $shift i32) (result i32)
  (local $mask i32) (local $step i32) (local $packed i32) (local $pixel i32)
  (local.set $mask (call $blt_pixel_mask (global.get $blt_dest_depth)))
  (local.set $step
    (select (i32.sub (i32.const 0) (global.get $blt_dest_depth)) (global.get $blt_dest_depth)
      (global.get $blt_dest_msb)))
  (local.set $packed (i32.const 0))
  (loop $next
    (local.set $pixel (i32.const 0))
    (if (i32.eq (global.get $blt_smoothing) (i32.const 1))
      (then
        (local.set $pixel
          (call $blt_map_pixel (call $blt_warp_pixel (global.get $blt_warp_x) (global.get $blt_warp_y)))))
      (else (local.set $pixel (call $blt_warp_smooth_pixel))))
    (local.set $packed
      (i32.or (local.get $packed) (i32.shl (i32.and (local.get $pixel) (local.get $mask)) (local.get $shift))))
    (local.set $shift (i32.add (local.get $shift) (local.get $step)))
    (global.set $blt_warp_x (i32.add (global.get $blt_warp_x) (global.get $blt_step_xh)))
    (global.set $blt_warp_y (i32.add (global.get $blt_warp_y) (global.get $blt_step_yh)))
    (local.set $count (i32.sub (local.get $count) (i32.const 1)))
    (br_if $next (local.get $count)))
  (local.get $packed))

;; One row from the left edge's position to the right edge's.
(func $blt_warp_row (param $leftX i32) (param $leftY i32) (param $rightX i32) (param $rightY i32)
  (param $halftone i32)
  (local $steps i32) (local $inWord i32) (local $shift i32) (local $count i32) (local $words i32) (local $mask i32)
  (local.set $steps
    (select (i32.sub (global.get $blt_width) (i32.const 1)) (i32.const 1)
      (i32.gt_s (global.get $blt_width) (i32.const 2))))
  (local.set $inWord (i32.and (global.get $blt_dx) (i32.sub (global.get $blt_dest_ppw) (i32.const 1))))
  (local.set $shift
    (if (result i32) (global.get $blt_dest_msb)
      (then
        (i32.sub (i32.const 32) (i32.mul (i32.add (local.get $inWord) (i32.const 1)) (global.get $blt_dest_depth))))
      (else (i32.mul (local.get $inWord) (global.get $blt_dest_depth)))))
  (local.set $count (i32.sub (global.get $blt_dest_ppw) (local.get $inWord)))
  (local.set $words (global.get $blt_n_words))
  (local.set $mask (global.get $blt_mask1))
  (if (i32.lt_s (global.get $blt_bb_w) (local.get $count)) (then (local.set $count (global.get $blt_bb_w))))
  (global.set $blt_step_xh (call $blt_step (local.get $leftX) (local.get $rightX) (local.get $steps)))
  (global.set $blt_step_yh (call $blt_step (local.get $leftY) (local.get $rightY) (local.get $steps)))
  (global.set $blt_part_xh (i32.div_s (global.get $blt_step_xh) (global.get $blt_smoothing)))
  (global.set $blt_part_yh (i32.div_s (global.get $blt_step_yh) (global.get $blt_smoothing)))
  (global.set $blt_warp_x
    (call $blt_start (local.get $leftX) (local.get $rightX) (global.get $blt_step_xh) (local.get $steps)))
  (global.set $blt_warp_y
    (call $blt_start (local.get $leftY) (local.get $rightY) (global.get $blt_step_yh) (local.get $steps)))
  (if (i32.lt_s (global.get $blt_dest_x) (global.get $blt_clip_x))
    (then
      (global.set $blt_warp_x
        (i32.add (global.get $blt_warp_x)
          (i32.mul (i32.sub (global.get $blt_clip_x) (global.get $blt_dest_x)) (global.get $blt_step_xh))))
      (global.set $blt_warp_y
        (i32.add (global.get $blt_warp_y)
          (i32.mul (i32.sub (global.get $blt_clip_x) (global.get $blt_dest_x)) (global.get $blt_step_yh))))))
  (loop $next
    (call $blt_store_mapped
      (i32.and (call $blt_warp_word (local.get $count) (local.get $shift)) (local.get $halftone))
      (local.get $mask))
    (local.set $shift
      (select (i32.sub (i32.const 32) (global.get $blt_dest_depth)) (i32.const 0) (global.get $blt_dest_msb)))
    (local.set $mask (select (global.get $blt_mask2) (i32.const -1) (i32.eq (local.get $words) (i32.const 2))))
    (local.set $count
      (select
        (i32.add
          (i32.and (i32.sub (i32.add (global.get $blt_dx) (global.get $blt_bb_w)) (i32.const 1))
            (i32.sub (global.get $blt_dest_ppw) (i32.const 1)))
          (i32.const 1))
        (global.get $blt_dest_ppw)
        (i32.eq (local.get $words) (i32.const 2))))
    (local.set $words (i32.sub (local.get $words) (i32.const 1)))
    (br_if $next (local.get $words))))

;; The corners are points after the fields of a BitBlt: top left, bottom left, bottom right, top right.
(func $blt_warp_loop (param $blt eqref)
  (local $steps i32) (local $leftX i32) (local $leftY i32) (local $rightX i32) (local $rightY i32)
  (local $rightStepX i32) (local $rightStepY i32) (local $hidden i32) (local $y i32) (local $row i32)
  (local.set $steps
    (select (i32.sub (global.get $blt_height) (i32.const 1)) (i32.const 1)
      (i32.gt_s (global.get $blt_height) (i32.const 2))))
  (local.set $leftX (call $blt_required (local.get $blt) (i32.const 15)))
  (local.set $leftY (call $blt_required (local.get $blt) (i32.const 16)))
  (local.set $rightX (call $blt_required (local.get $blt) (i32.const 24)))
  (local.set $rightY (call $blt_required (local.get $blt) (i32.const 25)))
  (local.set $rightStepX
    (call $blt_step (local.get $rightX) (call $blt_required (local.get $blt) (i32.const 21)) (local.get $steps)))
  (local.set $rightStepY
    (call $blt_step (local.get $rightY) (call $blt_required (local.get $blt) (i32.const 22)) (local.get $steps)))
  (local.set $hidden (i32.sub (global.get $blt_clip_y) (global.get $blt_dest_y)))
  (local.set $y (i32.const 0))
  (global.set $blt_step_xv
    (call $blt_step (local.get $leftX) (call $blt_required (local.get $blt) (i32.const 18)) (local.get $steps)))
  (global.set $blt_step_yv
    (call $blt_step (local.get $leftY) (call $blt_required (local.get $blt) (i32.const 19)) (local.get $steps)))
  (local.set $leftX
    (call $blt_start (local.get $leftX) (call $blt_required (local.get $blt) (i32.const 18))
      (global.get $blt_step_xv)
      (local.get $steps)))
  (local.set $leftY
    (call $blt_start (local.get $leftY) (call $blt_required (local.get $blt) (i32.const 19))
      (global.get $blt_step_yv)
      (local.get $steps)))
  (local.set $rightX
    (call $blt_start (local.get $rightX) (call $blt_required (local.get $blt) (i32.const 21))
      (local.get $rightStepX)
      (local.get $steps)))
  (local.set $rightY
    (call $blt_start (local.get $rightY) (call $blt_required (local.get $blt) (i32.const 22))
      (local.get $rightStepY)
      (local.get $steps)))
  (if (global.get $blt_failed) (then (return)))
  (global.set $blt_part_xv (i32.div_s (global.get $blt_step_xv) (global.get $blt_smoothing)))
  (global.set $blt_part_yv (i32.div_s (global.get $blt_step_yv) (global.get $blt_smoothing)))
  (if (i32.lt_s (local.get $hidden) (i32.const 0)) (then (local.set $hidden (i32.const 0))))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $y) (global.get $blt_bb_h))))
      (local.set $row (i32.add (local.get $hidden) (local.get $y)))
      (call $blt_warp_row
        (i32.add (local.get $leftX) (i32.mul (local.get $row) (global.get $blt_step_xv)))
        (i32.add (local.get $leftY) (i32.mul (local.get $row) (global.get $blt_step_yv)))
        (i32.add (local.get $rightX) (i32.mul (local.get $row) (local.get $rightStepX)))
        (i32.add (local.get $rightY) (i32.mul (local.get $row) (local.get $rightStepY)))
        (call $blt_halftone_at (i32.add (global.get $blt_dy) (local.get $y))))
      (global.set $blt_dest_index (i32.add (global.get $blt_dest_index) (global.get $blt_dest_delta)))
      (local.set $y (i32.add (local.get $y) (i32.const 1)))
      (br $next))))

;; The averages are 32-bit colours, whatever the depth of the source.
(func $blt_setup_smoothing
  (if
    (i32.or (i32.le_s (global.get $blt_smoothing) (i32.const 1))
      (i32.ne (i32.and (global.get $blt_map_flags) (i32.const 8)) (i32.const 0)))
    (then (return)))
  (if (i32.and (global.get $blt_map_flags) (i32.const 4))
    (then (call $blt_setup_masks_from (i32.const 8) (global.get $blt_map_bits)))
    (else
      (if (i32.eq (global.get $blt_dest_depth) (i32.const 16))
        (then (call $blt_setup_masks_from (i32.const 8) (i32.const 5)))))))

;; 0 when the arguments do not fit: an indexed source can only be smoothed with the colours of its pixels.
(func $blt_load_source_map (param $map eqref) (result i32)
  (global.set $blt_source_map (global.get $no_words))
  (if (ref.is_null (local.get $map)) (then (return (i32.ge_s (global.get $blt_source_depth) (i32.const 16)))))
  (block $other (result eqref)
    (global.set $blt_source_map (struct.get $WordObject $words
      (br_on_cast_fail $other eqref (ref $WordObject) (local.get $map))))
    (return (i32.ge_u (array.len (global.get $blt_source_map)) (i32.shl (i32.const 1) (global.get $blt_source_depth)))))
  (drop)
  (i32.const 0))

;; The instance and the smoothing are loaded. The colours of an indexed source are looked at when they are given.
(func $blt_warp (param $blt eqref) (param $hasMap i32) (param $map eqref)
  (call $blt_clip)
  (call $blt_nothing_changed)
  (if
    (if (result i32) (global.get $blt_no_source)
      (then (i32.const 1))
      (else (i32.eqz (call $blt_is_visible))))
    (then (return)))
  (if
    (if (result i32)
      (if (result i32) (i32.lt_s (global.get $blt_smoothing) (i32.const 1))
        (then (i32.const 1))
        (else (i32.lt_s (call $slot_count (local.get $blt)) (i32.const 27))))
      (then (i32.const 1))
      (else
        (if (result i32) (local.get $hasMap)
          (then (i32.eqz (call $blt_load_source_map (local.get $map))))
          (else (i32.const 0)))))
    (then
      (global.set $blt_failed (i32.const 1))
      (return)))
  (call $blt_init_dest)
  (call $blt_setup_smoothing)
  (call $blt_warp_loop (local.get $blt))
  (if (i32.eqz (global.get $blt_failed)) (then (call $blt_all_changed))))
