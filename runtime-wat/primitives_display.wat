;; BitBltPlugin's primitives: arguments, results, and what changed on the Display.
;; While updates are deferred (deferUpdates:), the image itself says by showRect... what is to be seen: what it draws in
;; between is not.
(global $updates_deferred (mut i32) (i32.const 0))

(func $is_display (param $form eqref) (result i32)
  (if (ref.is_null (local.get $form)) (then (return (i32.const 0))))
  (ref.eq (local.get $form) (call $special_object (i32.const 14))))

(func $blt_show_changes
  (if (global.get $updates_deferred) (then (return)))
  (if (i32.eqz (call $is_display (global.get $blt_dest_form))) (then (return)))
  (if (i32.or (i32.ge_s (global.get $blt_left) (global.get $blt_right))
        (i32.ge_s (global.get $blt_top) (global.get $blt_bottom)))
    (then (return)))
  (call $host_display_changed (global.get $blt_left) (global.get $blt_top) (global.get $blt_right) (global.get $blt_bottom)))

;; --- copyBits ---

(func $primitive_BitBltPlugin_primitiveCopyBits (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (global.set $blt_argument_missing (i32.or (i32.eq (global.get $blt_rule) (i32.const 41))
    (i32.or (i32.eq (global.get $blt_rule) (i32.const 30)) (i32.eq (global.get $blt_rule) (i32.const 31)))))
  (return_call $blt_copy_and_answer (local.get $receiver)))

;; The alpha of rules 30 and 31, or the colour of rule 41.
(func $primitive_BitBltPlugin_primitiveCopyBits_1 (param $receiver eqref) (param $value eqref) (param $depth i32)
    (result eqref)
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (if (i32.eq (global.get $blt_rule) (i32.const 41))
    (then
      (call $blt_set_color (local.get $value) (ref.i31 (i32.const 255)))
      (return_call $blt_copy_and_answer (local.get $receiver))))
  (global.set $blt_source_alpha (call $small_or (local.get $value) (i32.const -1)))
  (global.set $blt_argument_missing (i32.and
    (i32.or (i32.eq (global.get $blt_rule) (i32.const 30)) (i32.eq (global.get $blt_rule) (i32.const 31)))
    (i32.gt_u (global.get $blt_source_alpha) (i32.const 255))))
  (return_call $blt_copy_and_answer (local.get $receiver)))

(func $primitive_BitBltPlugin_primitiveCopyBits_2 (param $receiver eqref) (param $color eqref) (param $alpha eqref)
    (param $depth i32) (result eqref)
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (call $blt_set_color (local.get $color) (local.get $alpha))
  (return_call $blt_copy_and_answer (local.get $receiver)))

(func $primitive_BitBltPlugin_primitiveCopyBits_4 (param $receiver eqref) (param $color eqref) (param $alpha eqref)
    (param $gamma eqref) (param $ungamma eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (call $blt_set_color (local.get $color) (local.get $alpha))
  (global.set $blt_gamma (call $blt_gamma_table (local.get $gamma)))
  (global.set $blt_ungamma (call $blt_gamma_table (local.get $ungamma)))
  (return_call $blt_copy_and_answer (local.get $receiver)))

;; Rules 30 and 31 take one argument only.
(func $blt_set_color (param $color eqref) (param $alpha eqref)
  (global.set $blt_gamma (ref.null $Bytes))
  (global.set $blt_ungamma (ref.null $Bytes))
  (global.set $blt_color (call $small_or (local.get $color) (i32.const 0)))
  (global.set $blt_color_alpha (i32.and (call $small_or (local.get $alpha) (i32.const 0)) (i32.const 255)))
  (global.set $blt_argument_missing (i32.or
    (i32.or (i32.eq (global.get $blt_rule) (i32.const 30)) (i32.eq (global.get $blt_rule) (i32.const 31)))
    (i32.and (i32.eq (global.get $blt_rule) (i32.const 41)) (i32.eqz
      (i32.and (ref.test (ref i31) (local.get $color)) (ref.test (ref i31) (local.get $alpha))))))))

;; A table of 256 bytes, else none.
(func $blt_gamma_table (param $value eqref) (result (ref null $Bytes))
  (local $bytes (ref $Bytes))
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (if (i32.lt_u (array.len (local.get $bytes)) (i32.const 256)) (then (return (ref.null $Bytes))))
    (return (local.get $bytes)))
  (drop)
  (ref.null $Bytes))

;; A pixel counts as a send; smoothed, as many as it is made of.
(func $blt_count_work (param $each i32)
  (if (i32.or (i32.ge_s (global.get $blt_left) (global.get $blt_right))
        (i32.ge_s (global.get $blt_top) (global.get $blt_bottom)))
    (then (return)))
  (return_call $count_work
    (i32.mul (local.get $each)
      (i32.mul (i32.sub (global.get $blt_right) (global.get $blt_left))
        (i32.sub (global.get $blt_bottom) (global.get $blt_top))))))

;; The counting rules answer their count.
(func $blt_copy_and_answer (param $receiver eqref) (result eqref)
  (call $blt_copy)
  (if (global.get $blt_failed) (then (return (global.get $failed))))
  (call $blt_write_back)
  (call $blt_show_changes)
  (call $blt_count_work (i32.const 1))
  (if (i32.or (i32.eq (global.get $blt_rule) (i32.const 22)) (i32.eq (global.get $blt_rule) (i32.const 32)))
    (then (return_call $integer_of (global.get $blt_bit_count))))
  (local.get $receiver))

(func $primitive_96 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_BitBltPlugin_primitiveCopyBits (local.get $receiver) (local.get $depth)))

(func $primitive_96_1 (param $receiver eqref) (param $alpha eqref) (param $depth i32) (result eqref)
  (return_call $primitive_BitBltPlugin_primitiveCopyBits_1 (local.get $receiver) (local.get $alpha) (local.get $depth)))

;; --- warpBits ---

(func $primitive_BitBltPlugin_primitiveWarpBits (param $receiver eqref) (param $smoothing eqref) (param $map eqref)
    (param $depth i32) (result eqref)
  (return_call $blt_warp_and_answer (local.get $receiver) (call $small_or (local.get $smoothing) (i32.const 0))
    (i32.const 1) (local.get $map)))

(func $primitive_BitBltPlugin_primitiveWarpBits_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $blt_warp_and_answer (local.get $receiver) (i32.const 1) (i32.const 0) (ref.null eq)))

(func $blt_warp_and_answer (param $receiver eqref) (param $smoothing i32) (param $hasMap i32) (param $map eqref)
    (result eqref)
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (global.set $blt_smoothing (local.get $smoothing))
  (call $blt_warp (local.get $receiver) (local.get $hasMap) (local.get $map))
  (if (global.get $blt_failed) (then (return (global.get $failed))))
  (call $blt_write_back)
  (call $blt_show_changes)
  (call $blt_count_work (i32.mul (local.get $smoothing) (local.get $smoothing)))
  (local.get $receiver))

(func $primitive_147 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_BitBltPlugin_primitiveWarpBits_0 (local.get $receiver) (local.get $depth)))

;; --- lines ---

;; Copies along a line, without its first and last point; leaves the position behind the last one in the instance.
(func $primitive_BitBltPlugin_primitiveDrawLoop (param $receiver eqref) (param $xDelta eqref) (param $yDelta eqref)
    (param $depth i32) (result eqref)
  (if (i32.eqz (i32.and (ref.test (ref i31) (local.get $xDelta)) (ref.test (ref i31) (local.get $yDelta))))
    (then (return (global.get $failed))))
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (global.set $blt_argument_missing (i32.or (i32.eq (global.get $blt_rule) (i32.const 41))
    (i32.or (i32.eq (global.get $blt_rule) (i32.const 30)) (i32.eq (global.get $blt_rule) (i32.const 31)))))
  (call $blt_draw_line (call $small_or (local.get $xDelta) (i32.const 0)) (call $small_or (local.get $yDelta) (i32.const 0)))
  (if (global.get $blt_failed) (then (return (global.get $failed))))
  (call $blt_write_back)
  (call $slot_put (local.get $receiver) (i32.const 4) (call $integer_of (global.get $blt_dest_x)))
  (call $slot_put (local.get $receiver) (i32.const 5) (call $integer_of (global.get $blt_dest_y)))
  (call $blt_show_changes)
  (local.get $receiver))

(func $blt_sign (param $value i32) (result i32)
  (i32.sub (i32.gt_s (local.get $value) (i32.const 0)) (i32.lt_s (local.get $value) (i32.const 0))))

;; Bresenham's algorithm. The rectangle that is reported grows along the line.
(func $blt_draw_line (param $xDelta i32) (param $yDelta i32)
  (local $dx i32) (local $dy i32) (local $px i32) (local $py i32) (local $horizontal i32) (local $long i32)
  (local $short i32) (local $rest i32) (local $left i32) (local $top i32) (local $right i32) (local $bottom i32)
  (local $i i32)
  (local.set $dx (call $blt_sign (local.get $xDelta)))
  (local.set $dy (call $blt_sign (local.get $yDelta)))
  (local.set $px
    (select (i32.sub (i32.const 0) (local.get $yDelta)) (local.get $yDelta)
      (i32.lt_s (local.get $yDelta) (i32.const 0))))
  (local.set $py
    (select (i32.sub (i32.const 0) (local.get $xDelta)) (local.get $xDelta)
      (i32.lt_s (local.get $xDelta) (i32.const 0))))
  (local.set $horizontal (i32.gt_s (local.get $py) (local.get $px)))
  (local.set $long (select (local.get $py) (local.get $px) (local.get $horizontal)))
  (local.set $short (select (local.get $px) (local.get $py) (local.get $horizontal)))
  (local.set $rest (i32.div_s (local.get $long) (i32.const 2)))
  (local.set $left (i32.const 9999))
  (local.set $top (i32.const 9999))
  (local.set $right (i32.const -9999))
  (local.set $bottom (i32.const -9999))
  (local.set $i (i32.const 1))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.le_s (local.get $i) (local.get $long))))
      (local.set $rest (i32.sub (local.get $rest) (local.get $short)))
      (if (i32.or (local.get $horizontal) (i32.lt_s (local.get $rest) (i32.const 0)))
        (then (global.set $blt_dest_x (i32.add (global.get $blt_dest_x) (local.get $dx)))))
      (if (i32.or (i32.eqz (local.get $horizontal)) (i32.lt_s (local.get $rest) (i32.const 0)))
        (then (global.set $blt_dest_y (i32.add (global.get $blt_dest_y) (local.get $dy)))))
      (if (i32.lt_s (local.get $rest) (i32.const 0))
        (then (local.set $rest (i32.add (local.get $rest) (local.get $long)))))
      (if (i32.lt_s (local.get $i) (local.get $long))
        (then
          (call $blt_copy)
          (if (global.get $blt_failed) (then (return)))
          (if
            (i32.and (i32.lt_s (global.get $blt_left) (global.get $blt_right))
              (i32.lt_s (global.get $blt_top) (global.get $blt_bottom)))
            (then
              (local.set $left (call $blt_smaller (local.get $left) (global.get $blt_left)))
              (local.set $top (call $blt_smaller (local.get $top) (global.get $blt_top)))
              (local.set $right
                (i32.sub (i32.const 0)
                  (call $blt_smaller (i32.sub (i32.const 0) (local.get $right))
                    (i32.sub (i32.const 0) (global.get $blt_right)))))
              (local.set $bottom
                (i32.sub (i32.const 0)
                  (call $blt_smaller (i32.sub (i32.const 0) (local.get $bottom))
                    (i32.sub (i32.const 0) (global.get $blt_bottom)))))))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (global.set $blt_left (local.get $left))
  (global.set $blt_top (local.get $top))
  (global.set $blt_right (local.get $right))
  (global.set $blt_bottom (local.get $bottom)))

(func $blt_smaller (param $first i32) (param $second i32) (result i32)
  (select (local.get $first) (local.get $second) (i32.lt_s (local.get $first) (local.get $second))))

;; --- strings ---

;; The integer at index $index of an Array, -1 when there is none.
(func $blt_entry (param $array (ref $Slots)) (param $index i32) (result i32)
  (if (i32.ge_u (local.get $index) (array.len (local.get $array))) (then (return (i32.const -1))))
  (return_call $small_or (array.get $Slots (local.get $array) (local.get $index)) (i32.const -1)))

;; The slots of an Array; of anything else none.
(func $blt_array (param $value eqref) (result (ref $Slots))
  (block $other (result eqref)
    (return (struct.get $Indexed $slots (br_on_cast_fail $other eqref (ref $Indexed) (local.get $value)))))
  (drop)
  (global.get $empty_slots))

(func $primitive_BitBltPlugin_primitiveDisplayString (param $receiver eqref) (param $string eqref) (param $start eqref)
    (param $stop eqref) (param $glyphMap eqref) (param $xTable eqref) (param $kern eqref) (param $depth i32)
    (result eqref)
  (local $bytes (ref $Bytes)) (local $glyphs (ref $Slots)) (local $xs (ref $Slots)) (local $from i32) (local $to i32)
  (if (i32.eqz (ref.test (ref $ByteObject) (local.get $string))) (then (return (global.get $failed))))
  (local.set $bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $string))))
  (local.set $glyphs (call $blt_array (local.get $glyphMap)))
  (local.set $xs (call $blt_array (local.get $xTable)))
  (local.set $from (call $small_or (local.get $start) (i32.const 0)))
  (local.set $to (call $small_or (local.get $stop) (i32.const -1)))
  (if (i32.or (i32.ne (array.len (local.get $glyphs)) (i32.const 256))
        (i32.or (i32.le_s (local.get $from) (i32.const 0)) (i32.gt_u (local.get $to) (array.len (local.get $bytes)))))
    (then (return (global.get $failed))))
  (if (i32.eqz (ref.test (ref i31) (local.get $kern))) (then (return (global.get $failed))))
  (if (i32.eqz (call $blt_load (local.get $receiver))) (then (return (global.get $failed))))
  (if (i32.or (i32.eq (global.get $blt_rule) (i32.const 30)) (i32.eq (global.get $blt_rule) (i32.const 31)))
    (then (return (global.get $failed))))
  (global.set $blt_argument_missing (i32.eq (global.get $blt_rule) (i32.const 41)))
  (if (i32.eqz (local.get $to)) (then (return (local.get $receiver))))
  (call $blt_draw_string (local.get $bytes) (local.get $from) (local.get $to) (local.get $glyphs) (local.get $xs)
    (call $small_or (local.get $kern) (i32.const 0)))
  (if (global.get $blt_failed) (then (return (global.get $failed))))
  (call $blt_write_back)
  (call $blt_show_changes)
  (call $blt_count_work (i32.const 1))
  (call $slot_put (local.get $receiver) (i32.const 4) (call $integer_of (global.get $blt_dest_x)))
  (local.get $receiver))

(func $blt_draw_string (param $bytes (ref $Bytes)) (param $from i32) (param $to i32) (param $glyphs (ref $Slots))
    (param $xs (ref $Slots)) (param $kern i32)
  (local $left i32) (local $glyph i32) (local $end i32)
  (local.set $left (global.get $blt_dest_x))
  (call $blt_nothing_changed)
  (block $done
    (loop $next
      (br_if $done (i32.gt_s (local.get $from) (local.get $to)))
      (local.set $glyph (call $blt_entry (local.get $glyphs)
        (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $from) (i32.const 1)))))
      (global.set $blt_source_x (call $blt_entry (local.get $xs) (local.get $glyph)))
      (local.set $end (call $blt_entry (local.get $xs) (i32.add (local.get $glyph) (i32.const 1))))
      (if (i32.or (i32.lt_s (local.get $glyph) (i32.const 0))
            (i32.or (i32.lt_s (global.get $blt_source_x) (i32.const 0)) (i32.lt_s (local.get $end) (i32.const 0))))
        (then (global.set $blt_failed (i32.const 1)) (return)))
      (global.set $blt_width (i32.sub (local.get $end) (global.get $blt_source_x)))
      (call $blt_draw_glyph)
      (if (global.get $blt_failed) (then (return)))
      (global.set $blt_dest_x (i32.add (i32.add (global.get $blt_dest_x) (global.get $blt_width)) (local.get $kern)))
      (local.set $from (i32.add (local.get $from) (i32.const 1)))
      (br $next)))
  (global.set $blt_left (local.get $left)))

;; A Form of another depth goes through the mapping loop, whatever its rule's own loop would do.
(func $blt_draw_glyph
  (if (i32.or (global.get $blt_no_source) (i32.or
        (ref.eq (global.get $blt_source_form) (global.get $blt_dest_form))
        (i32.and (i32.and (i32.eqz (global.get $blt_map_flags)) (i32.eq (global.get $blt_source_msb) (global.get $blt_dest_msb)))
          (i32.eq (global.get $blt_source_depth) (global.get $blt_dest_depth)))))
    (then (return_call $blt_copy)))
  (call $blt_clip)
  (call $blt_clip_to_source)
  (if (i32.eqz (i32.and (call $blt_is_visible) (call $blt_source_is_visible))) (then (return)))
  (call $blt_init_dest)
  (call $blt_loop_mapped)
  (call $blt_all_changed))

;; --- one pixel ---

;; 0 outside of the Form.
(func $primitive_BitBltPlugin_primitivePixelValueAt (param $receiver eqref) (param $xValue eqref) (param $yValue eqref)
    (param $depth i32) (result eqref)
  (local $x i32) (local $y i32)
  (if (i32.eqz (i32.and (ref.test (ref i31) (local.get $xValue)) (ref.test (ref i31) (local.get $yValue))))
    (then (return (global.get $failed))))
  (local.set $x (call $small_or (local.get $xValue) (i32.const 0)))
  (local.set $y (call $small_or (local.get $yValue) (i32.const 0)))
  (if (i32.or (i32.lt_s (local.get $x) (i32.const 0)) (i32.lt_s (local.get $y) (i32.const 0)))
    (then (return (ref.i31 (i32.const 0)))))
  (if (i32.eqz (call $blt_is_form (local.get $receiver))) (then (return (global.get $failed))))
  (global.set $blt_failed (i32.const 0))
  (global.set $blt_dest_form (local.get $receiver))
  (if (i32.eqz (i32.and (call $blt_load_dest_form) (global.get $blt_dest_msb))) (then (return (global.get $failed))))
  (if (i32.or (i32.ge_s (local.get $x) (global.get $blt_dest_width)) (i32.ge_s (local.get $y) (global.get $blt_dest_height)))
    (then (return (ref.i31 (i32.const 0)))))
  (return_call $integer_of_u32 (call $blt_dest_pixel (local.get $x) (local.get $y))))

(func $blt_dest_pixel (param $x i32) (param $y i32) (result i32)
  (local $word i32)
  (local.set $word
    (array.get $Words (global.get $blt_dest_bits)
      (i32.add (i32.mul (local.get $y) (global.get $blt_dest_pitch))
        (i32.div_u (local.get $x) (global.get $blt_dest_ppw)))))
  (i32.and
    (i32.shr_u (local.get $word)
      (i32.sub (i32.const 32)
        (i32.mul
          (i32.add (i32.and (local.get $x) (i32.sub (global.get $blt_dest_ppw) (i32.const 1))) (i32.const 1))
          (global.get $blt_dest_depth))))
    (call $blt_pixel_mask (global.get $blt_dest_depth))))
