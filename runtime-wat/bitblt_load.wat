;; BitBlt: what a copy is to do, loaded from an instance of BitBlt and its Forms into the $blt_ globals. Loading checks
;; all that later loops rely on: sizes of bits, depths, colour maps, halftones. Nothing else of BitBlt reads objects.
;; Pitches and indices count 32-bit words. Results are bit for bit those of OpenSmalltalk's BitBltPlugin.
(global $blt_rule (mut i32) (i32.const 0))
(global $blt_no_source (mut i32) (i32.const 0))
(global $blt_no_halftone (mut i32) (i32.const 0))
(global $blt_failed (mut i32) (i32.const 0))          ;; an argument or field was of the wrong kind

;; The Forms; $..._object is the Form's bits when it is bytes, which are copied to words and back.
(global $blt_dest_form (mut eqref) (ref.null eq))
(global $blt_dest_object (mut eqref) (ref.null eq))
(global $blt_dest_bits (mut (ref $Words)) (global.get $no_words))
(global $blt_dest_width (mut i32) (i32.const 0))
(global $blt_dest_height (mut i32) (i32.const 0))
(global $blt_dest_depth (mut i32) (i32.const 0))
(global $blt_dest_msb (mut i32) (i32.const 0))        ;; the leftmost pixel is in a word's high bits
(global $blt_dest_ppw (mut i32) (i32.const 0))        ;; pixels per word
(global $blt_dest_pitch (mut i32) (i32.const 0))
(global $blt_source_form (mut eqref) (ref.null eq))
(global $blt_source_bits (mut (ref $Words)) (global.get $no_words))
(global $blt_source_width (mut i32) (i32.const 0))
(global $blt_source_height (mut i32) (i32.const 0))
(global $blt_source_depth (mut i32) (i32.const 0))
(global $blt_source_msb (mut i32) (i32.const 0))
(global $blt_source_ppw (mut i32) (i32.const 0))
(global $blt_source_pitch (mut i32) (i32.const 0))
(global $blt_halftone (mut (ref $Words)) (global.get $no_words))
(global $blt_halftone_height (mut i32) (i32.const 0))

;; The rectangles as the instance has them.
(global $blt_dest_x (mut i32) (i32.const 0))
(global $blt_dest_y (mut i32) (i32.const 0))
(global $blt_width (mut i32) (i32.const 0))
(global $blt_height (mut i32) (i32.const 0))
(global $blt_source_x (mut i32) (i32.const 0))
(global $blt_source_y (mut i32) (i32.const 0))
(global $blt_clip_x (mut i32) (i32.const 0))
(global $blt_clip_y (mut i32) (i32.const 0))
(global $blt_clip_width (mut i32) (i32.const 0))
(global $blt_clip_height (mut i32) (i32.const 0))

;; The colour map: flags 1 there is one, 2 it shifts colour components, 4 it has a table, 8 it is a ColorMap object.
(global $blt_map_flags (mut i32) (i32.const 0))
(global $blt_map (mut (ref $Words)) (global.get $no_words))
(global $blt_map_mask (mut i32) (i32.const 0))        ;; of indices into the table
(global $blt_map_bits (mut i32) (i32.const 0))        ;; bits per colour component of the indices
(global $blt_red_mask (mut i32) (i32.const 0))
(global $blt_green_mask (mut i32) (i32.const 0))
(global $blt_blue_mask (mut i32) (i32.const 0))
(global $blt_alpha_mask (mut i32) (i32.const 0))
(global $blt_red_shift (mut i32) (i32.const 0))       ;; to the left; negative: to the right
(global $blt_green_shift (mut i32) (i32.const 0))
(global $blt_blue_shift (mut i32) (i32.const 0))
(global $blt_alpha_shift (mut i32) (i32.const 0))

;; --- fields ---

;; A SmallInteger or Float field; nil stands for the default.
(func $blt_number (param $value eqref) (param $default i32) (result i32)
  (local $float f64)
  (if (ref.is_null (local.get $value)) (then (return (local.get $default))))
  (if (ref.test (ref i31) (local.get $value)) (then (return (i31.get_s (ref.cast (ref i31) (local.get $value))))))
  (block $other (result eqref)
    (local.set $float (struct.get $Float $value (br_on_cast_fail $other eqref (ref $Float) (local.get $value))))
    (if (i32.and (f64.ge (local.get $float) (f64.const -2147483648)) (f64.le (local.get $float) (f64.const 2147483647)))
      (then (return (i32.trunc_sat_f64_s (local.get $float)))))
    (local.get $value))
  (drop)
  (global.set $blt_failed (i32.const 1))
  (i32.const 0))

(func $blt_field (param $object eqref) (param $index i32) (param $default i32) (result i32)
  (return_call $blt_number (call $slot_get (local.get $object) (local.get $index)) (local.get $default)))

;; A field that may not be nil.
(func $blt_required (param $object eqref) (param $index i32) (result i32)
  (if (ref.is_null (call $slot_get (local.get $object) (local.get $index)))
    (then (global.set $blt_failed (i32.const 1))))
  (return_call $blt_field (local.get $object) (local.get $index) (i32.const 0)))

;; A field that must be a SmallInteger.
(func $blt_integer (param $object eqref) (param $index i32) (result i32)
  (if (i32.eqz (ref.test (ref i31) (call $slot_get (local.get $object) (local.get $index))))
    (then (global.set $blt_failed (i32.const 1))))
  (return_call $small_or (call $slot_get (local.get $object) (local.get $index)) (i32.const 0)))

;; --- Forms ---

;; The words of bits that are words; of bits that are bytes a copy; none when they are neither or too few.
(func $blt_words_of (param $bits eqref) (param $pitch i32) (param $height i32) (result (ref $Words))
  (local $words (ref $Words))
  (block $other (result eqref)
    (local.set $words (struct.get $WordObject $words
      (br_on_cast_fail $other eqref (ref $WordObject) (local.get $bits))))
    (if (call $blt_fits (array.len (local.get $words)) (local.get $pitch) (local.get $height))
      (then (return (local.get $words))))
    (global.set $blt_failed (i32.const 1))
    (return (global.get $no_words)))
  (drop)
  (block $other (result eqref)
    (return_call $blt_words_of_bytes
      (struct.get $ByteObject $bytes (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $bits)))
      (local.get $pitch) (local.get $height)))
  (drop)
  (global.set $blt_failed (i32.const 1))
  (global.get $no_words))

(func $blt_fits (param $size i32) (param $pitch i32) (param $height i32) (result i32)
  (i64.ge_u (i64.extend_i32_u (local.get $size))
    (i64.mul (i64.extend_i32_u (local.get $pitch)) (i64.extend_i32_u (local.get $height)))))

(func $blt_words_of_bytes (param $bytes (ref $Bytes)) (param $pitch i32) (param $height i32) (result (ref $Words))
  (local $size i32) (local $i i32)
  (local $words (ref $Words))
  (local.set $size (i32.shr_u (array.len (local.get $bytes)) (i32.const 2)))
  (if (i32.eqz (call $blt_fits (local.get $size) (local.get $pitch) (local.get $height)))
    (then
      (global.set $blt_failed (i32.const 1))
      (return (global.get $no_words))))
  (local.set $words (array.new_default $Words (local.get $size)))
  (local.set $i (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $i) (local.get $size))))
      (array.set $Words (local.get $words) (local.get $i)
        (call $word_at (local.get $bytes) (i32.shl (local.get $i) (i32.const 2))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.get $words))

;; Bits that are bytes get what was done to their copy.
(func $blt_write_back
  (local $i i32)
  (local $bytes (ref $Bytes))
  (block $none (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $none eqref (ref $ByteObject) (global.get $blt_dest_object))))
  (local.set $i (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (i32.lt_s (local.get $i) (array.len (global.get $blt_dest_bits)))))
      (call $put_word (local.get $bytes) (i32.shl (local.get $i) (i32.const 2))
        (array.get $Words (global.get $blt_dest_bits) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (return))
  (drop))

(func $blt_is_depth (param $depth i32) (result i32)
  (i32.and
    (i32.and (i32.gt_s (local.get $depth) (i32.const 0)) (i32.le_s (local.get $depth) (i32.const 32)))
    (i32.eqz (i32.and (local.get $depth) (i32.sub (local.get $depth) (i32.const 1))))))

(func $blt_is_form (param $form eqref) (result i32)
  (i32.ge_s (call $slot_count (local.get $form)) (i32.const 4)))

(func $blt_load_dest_form (result i32)
  (global.set $blt_dest_object (call $slot_get (global.get $blt_dest_form) (i32.const 0)))
  (global.set $blt_dest_width (call $blt_integer (global.get $blt_dest_form) (i32.const 1)))
  (global.set $blt_dest_height (call $blt_integer (global.get $blt_dest_form) (i32.const 2)))
  (global.set $blt_dest_depth (call $blt_integer (global.get $blt_dest_form) (i32.const 3)))
  (global.set $blt_dest_msb (i32.gt_s (global.get $blt_dest_depth) (i32.const 0)))
  (if (i32.lt_s (global.get $blt_dest_depth) (i32.const 0))
    (then (global.set $blt_dest_depth (i32.sub (i32.const 0) (global.get $blt_dest_depth)))))
  (if
    (if (result i32)
      (i32.or (i32.lt_s (global.get $blt_dest_width) (i32.const 0))
        (i32.lt_s (global.get $blt_dest_height) (i32.const 0)))
      (then (i32.const 1))
      (else (i32.eqz (call $blt_is_depth (global.get $blt_dest_depth)))))
    (then (return (i32.const 0))))
  (global.set $blt_dest_ppw (i32.div_u (i32.const 32) (global.get $blt_dest_depth)))
  (global.set $blt_dest_pitch
    (i32.div_u
      (i32.sub (i32.add (global.get $blt_dest_width) (global.get $blt_dest_ppw)) (i32.const 1))
      (global.get $blt_dest_ppw)))
  (global.set $blt_dest_bits (call $blt_words_of (global.get $blt_dest_object) (global.get $blt_dest_pitch)
    (global.get $blt_dest_height)))
  (i32.eqz (global.get $blt_failed)))

;; A Form copied within itself has one array of words, whatever its bits are.
(func $blt_load_source_form (result i32)
  (local $bits eqref)
  (local.set $bits (call $slot_get (global.get $blt_source_form) (i32.const 0)))
  (global.set $blt_source_width (call $blt_required (global.get $blt_source_form) (i32.const 1)))
  (global.set $blt_source_height (call $blt_required (global.get $blt_source_form) (i32.const 2)))
  (global.set $blt_source_depth (call $blt_integer (global.get $blt_source_form) (i32.const 3)))
  (global.set $blt_source_msb (i32.gt_s (global.get $blt_source_depth) (i32.const 0)))
  (if (i32.lt_s (global.get $blt_source_depth) (i32.const 0))
    (then (global.set $blt_source_depth (i32.sub (i32.const 0) (global.get $blt_source_depth)))))
  (if
    (if (result i32)
      (i32.or (i32.lt_s (global.get $blt_source_width) (i32.const 0))
        (i32.lt_s (global.get $blt_source_height) (i32.const 0)))
      (then (i32.const 1))
      (else (i32.eqz (call $blt_is_depth (global.get $blt_source_depth)))))
    (then (return (i32.const 0))))
  (global.set $blt_source_ppw (i32.div_u (i32.const 32) (global.get $blt_source_depth)))
  (global.set $blt_source_pitch
    (i32.div_u
      (i32.sub (i32.add (global.get $blt_source_width) (global.get $blt_source_ppw)) (i32.const 1))
      (global.get $blt_source_ppw)))
  (if (ref.eq (local.get $bits) (global.get $blt_dest_object))
    (then
      (global.set $blt_source_bits (global.get $blt_dest_bits))
      (return_call $blt_fits (array.len (global.get $blt_source_bits))
        (global.get $blt_source_pitch)
        (global.get $blt_source_height))))
  (global.set $blt_source_bits (call $blt_words_of (local.get $bits) (global.get $blt_source_pitch)
    (global.get $blt_source_height)))
  (i32.eqz (global.get $blt_failed)))

;; An old halftone is a Form of 32 pixels' width, a new one an array of words.
(func $blt_load_halftone (param $halftone eqref) (result i32)
  (if (global.get $blt_no_halftone) (then (return (i32.const 1))))
  (if (i32.ge_s (call $slot_count (local.get $halftone)) (i32.const 4))
    (then
      (global.set $blt_halftone_height (call $blt_integer (local.get $halftone) (i32.const 2)))
      (local.set $halftone (call $slot_get (local.get $halftone) (i32.const 0)))
      (if (i32.eqz (ref.test (ref $WordObject) (local.get $halftone)))
        (then
          (global.set $blt_no_halftone (i32.const 1))
          (return (i32.const 1))))
      (global.set $blt_halftone (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $halftone))))
      (return
        (if (result i32) (i32.gt_s (global.get $blt_halftone_height) (i32.const 0))
          (then (i32.le_s (global.get $blt_halftone_height) (array.len (global.get $blt_halftone))))
          (else (i32.const 0))))))
  (if (i32.eqz (ref.test (ref $WordObject) (local.get $halftone))) (then (return (i32.const 0))))
  (global.set $blt_halftone (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $halftone))))
  (global.set $blt_halftone_height (array.len (global.get $blt_halftone)))
  (i32.gt_s (global.get $blt_halftone_height) (i32.const 0)))

;; --- the colour map ---

(func $blt_load_map (param $map eqref) (result i32)
  (local $table eqref)
  (global.set $blt_map_flags (i32.const 0))
  (global.set $blt_map_mask (i32.const 0))
  (global.set $blt_map_bits (i32.const 0))
  (call $blt_clear_masks)
  (global.set $blt_map (global.get $no_words))
  (if (ref.is_null (local.get $map)) (then (return (i32.const 1))))
  (global.set $blt_map_flags (i32.const 1))
  (if (ref.test (ref $WordObject) (local.get $map))
    (then
      (if (i32.eqz (call $blt_load_map_table (local.get $map))) (then (return (i32.const 0))))
      (call $blt_setup_masks)
      (return (i32.const 1))))
  (if (i32.lt_s (call $slot_count (local.get $map)) (i32.const 3)) (then (return (i32.const 0))))
  (global.set $blt_map_flags (i32.const 9))
  (local.set $table (call $slot_get (local.get $map) (i32.const 2)))
  (if (i32.eqz (ref.is_null (local.get $table)))
    (then
      (if (i32.eqz (ref.test (ref $WordObject) (local.get $table))) (then (return (i32.const 0))))
      (if (i32.eqz (call $blt_load_map_table (local.get $table))) (then (return (i32.const 0))))))
  (return_call $blt_load_masks (call $slot_get (local.get $map) (i32.const 0))
    (call $slot_get (local.get $map) (i32.const 1))))

;; The table's size tells how many bits of each component index it.
(func $blt_load_map_table (param $table eqref) (result i32)
  (local $size i32)
  (global.set $blt_map (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $table))))
  (local.set $size (array.len (global.get $blt_map)))
  (if (i32.and (local.get $size) (i32.sub (local.get $size) (i32.const 1))) (then (return (i32.const 0))))
  (if (i32.eqz (local.get $size)) (then (return (i32.const 1))))
  (global.set $blt_map_mask (i32.sub (local.get $size) (i32.const 1)))
  (global.set $blt_map_flags (i32.or (global.get $blt_map_flags) (i32.const 4)))
  (if (i32.eq (local.get $size) (i32.const 512)) (then (global.set $blt_map_bits (i32.const 3))))
  (if (i32.eq (local.get $size) (i32.const 4096)) (then (global.set $blt_map_bits (i32.const 4))))
  (if (i32.eq (local.get $size) (i32.const 32768)) (then (global.set $blt_map_bits (i32.const 5))))
  (i32.const 1))

(func $blt_clear_masks
  (global.set $blt_red_mask (i32.const 0))
  (global.set $blt_green_mask (i32.const 0))
  (global.set $blt_blue_mask (i32.const 0))
  (global.set $blt_alpha_mask (i32.const 0))
  (global.set $blt_red_shift (i32.const 0))
  (global.set $blt_green_shift (i32.const 0))
  (global.set $blt_blue_shift (i32.const 0))
  (global.set $blt_alpha_shift (i32.const 0)))

;; Shifts and masks of a ColorMap: words, four each. Without either, and where they change nothing, there is no such part.
(func $blt_load_masks (param $shifts eqref) (param $masks eqref) (result i32)
  (if (i32.or (ref.is_null (local.get $shifts)) (ref.is_null (local.get $masks)))
    (then
      (return
        (if (result i32) (call $blt_are_four_words (local.get $shifts))
          (then (call $blt_are_four_words (local.get $masks)))
          (else (i32.const 0))))))
  (if
    (i32.eqz
      (if (result i32) (call $blt_are_four_words (local.get $shifts))
        (then (call $blt_are_four_words (local.get $masks)))
        (else (i32.const 0))))
    (then (return (i32.const 0))))
  (global.set $blt_red_shift (call $blt_word (local.get $shifts) (i32.const 0)))
  (global.set $blt_green_shift (call $blt_word (local.get $shifts) (i32.const 1)))
  (global.set $blt_blue_shift (call $blt_word (local.get $shifts) (i32.const 2)))
  (global.set $blt_alpha_shift (call $blt_word (local.get $shifts) (i32.const 3)))
  (global.set $blt_red_mask (call $blt_word (local.get $masks) (i32.const 0)))
  (global.set $blt_green_mask (call $blt_word (local.get $masks) (i32.const 1)))
  (global.set $blt_blue_mask (call $blt_word (local.get $masks) (i32.const 2)))
  (global.set $blt_alpha_mask (call $blt_word (local.get $masks) (i32.const 3)))
  (if
    (i32.and
      (i32.and
        (i32.and
          (i32.and
            (i32.eqz
              (i32.or
                (i32.or (i32.or (global.get $blt_red_shift) (global.get $blt_green_shift))
                  (global.get $blt_blue_shift))
                (global.get $blt_alpha_shift)))
            (i32.eq (global.get $blt_red_mask) (i32.const 0xFF0000)))
          (i32.eq (global.get $blt_green_mask) (i32.const 0xFF00)))
        (i32.eq (global.get $blt_blue_mask) (i32.const 0xFF)))
      (i32.eq (global.get $blt_alpha_mask) (i32.const 0xFF000000)))
    (then (return (i32.const 1))))
  (global.set $blt_map_flags (i32.or (global.get $blt_map_flags) (i32.const 2)))
  (i32.const 1))

(func $blt_are_four_words (param $value eqref) (result i32)
  (if (ref.is_null (local.get $value)) (then (return (i32.const 1))))
  (block $other (result eqref)
    (return (i32.eq (i32.const 4) (array.len (struct.get $WordObject $words
      (br_on_cast_fail $other eqref (ref $WordObject) (local.get $value)))))))
  (drop)
  (i32.const 0))

(func $blt_word (param $value eqref) (param $index i32) (result i32)
  (array.get $Words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $value))) (local.get $index)))

;; The conversion that copying between depths of true colours, or into a table indexed by colours, implies.
(func $blt_setup_masks
  (local $bits i32) (local $target i32)
  (local.set $bits (i32.const 0))
  (local.set $target (global.get $blt_map_bits))
  (if (i32.le_s (global.get $blt_source_depth) (i32.const 8)) (then (return)))
  (if (i32.eq (global.get $blt_source_depth) (i32.const 16)) (then (local.set $bits (i32.const 5))))
  (if (i32.eq (global.get $blt_source_depth) (i32.const 32)) (then (local.set $bits (i32.const 8))))
  (if (i32.eqz (local.get $target))
    (then
      (if (i32.le_s (global.get $blt_dest_depth) (i32.const 8)) (then (return)))
      (if (i32.eq (global.get $blt_dest_depth) (i32.const 16)) (then (local.set $target (i32.const 5))))
      (if (i32.eq (global.get $blt_dest_depth) (i32.const 32)) (then (local.set $target (i32.const 8))))))
  (call $blt_setup_masks_from (local.get $bits) (local.get $target)))

(func $blt_setup_masks_from (param $bits i32) (param $target i32)
  (local $delta i32) (local $mask i32)
  (local.set $delta (i32.sub (local.get $target) (local.get $bits)))
  (local.set $mask (i32.const 0))
  (if (i32.eqz (local.get $delta)) (then (return)))
  (if (i32.lt_s (local.get $delta) (i32.const 0))
    (then
      (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $target)) (i32.const 1)))
      (global.set $blt_red_mask
        (i32.shl (local.get $mask) (i32.sub (i32.mul (local.get $bits) (i32.const 2)) (local.get $delta))))
      (global.set $blt_green_mask (i32.shl (local.get $mask) (i32.sub (local.get $bits) (local.get $delta))))
      (global.set $blt_blue_mask (i32.shl (local.get $mask) (i32.sub (i32.const 0) (local.get $delta)))))
    (else
      (local.set $mask (i32.sub (i32.shl (i32.const 1) (local.get $bits)) (i32.const 1)))
      (global.set $blt_red_mask (i32.shl (local.get $mask) (i32.mul (local.get $bits) (i32.const 2))))
      (global.set $blt_green_mask (i32.shl (local.get $mask) (local.get $bits)))
      (global.set $blt_blue_mask (local.get $mask))))
  (global.set $blt_alpha_mask (i32.const 0))
  (global.set $blt_red_shift (i32.mul (local.get $delta) (i32.const 3)))
  (global.set $blt_green_shift (i32.mul (local.get $delta) (i32.const 2)))
  (global.set $blt_blue_shift (local.get $delta))
  (global.set $blt_alpha_shift (i32.const 0))
  (global.set $blt_map_flags (i32.or (global.get $blt_map_flags) (i32.const 3))))

;; --- all of it ---

;; Rules that need neither source nor halftone.
(func $blt_ignores (param $form eqref) (result i32)
  (if (ref.is_null (local.get $form)) (then (return (i32.const 1))))
  (i32.or
    (i32.or (i32.or (i32.eqz (global.get $blt_rule)) (i32.eq (global.get $blt_rule) (i32.const 5)))
      (i32.eq (global.get $blt_rule) (i32.const 10)))
    (i32.eq (global.get $blt_rule) (i32.const 15))))

;; 1 when the instance describes a copy that can be done.
(func $blt_load (param $blt eqref) (result i32)
  (global.set $blt_failed (i32.const 0))
  (if (i32.lt_s (call $slot_count (local.get $blt)) (i32.const 15)) (then (return (i32.const 0))))
  (global.set $blt_rule (call $blt_integer (local.get $blt) (i32.const 3)))
  (if
    (i32.or
      (i32.or (i32.or (global.get $blt_failed) (i32.gt_u (global.get $blt_rule) (i32.const 41)))
        (i32.eq (global.get $blt_rule) (i32.const 16)))
      (i32.eq (global.get $blt_rule) (i32.const 17)))
    (then (return (i32.const 0))))
  (global.set $blt_source_form (call $slot_get (local.get $blt) (i32.const 1)))
  (global.set $blt_dest_form (call $slot_get (local.get $blt) (i32.const 0)))
  (global.set $blt_no_source (call $blt_ignores (global.get $blt_source_form)))
  (global.set $blt_no_halftone (call $blt_ignores (call $slot_get (local.get $blt) (i32.const 2))))
  (if (i32.eqz (call $blt_is_form (global.get $blt_dest_form))) (then (return (i32.const 0))))
  (if (i32.eqz (call $blt_load_dest_form)) (then (return (i32.const 0))))
  (global.set $blt_dest_x (call $blt_field (local.get $blt) (i32.const 4) (i32.const 0)))
  (global.set $blt_dest_y (call $blt_field (local.get $blt) (i32.const 5) (i32.const 0)))
  (global.set $blt_width (call $blt_field (local.get $blt) (i32.const 6) (global.get $blt_dest_width)))
  (global.set $blt_height (call $blt_field (local.get $blt) (i32.const 7) (global.get $blt_dest_height)))
  (global.set $blt_source_x (i32.const 0))
  (global.set $blt_source_y (i32.const 0))
  (global.set $blt_map_flags (i32.const 0))
  (if (i32.eqz (global.get $blt_no_source))
    (then (if (i32.eqz (call $blt_load_source (local.get $blt))) (then (return (i32.const 0))))))
  (if (i32.eqz (call $blt_load_halftone (call $slot_get (local.get $blt) (i32.const 2))))
    (then (return (i32.const 0))))
  (call $blt_load_clip (local.get $blt))
  (i32.eqz (global.get $blt_failed)))

(func $blt_load_source (param $blt eqref) (result i32)
  (if (i32.eqz (call $blt_is_form (global.get $blt_source_form))) (then (return (i32.const 0))))
  (if (i32.eqz (call $blt_load_source_form)) (then (return (i32.const 0))))
  (if (i32.eqz (call $blt_load_map (call $slot_get (local.get $blt) (i32.const 14)))) (then (return (i32.const 0))))
  (if (i32.eqz (i32.and (global.get $blt_map_flags) (i32.const 8))) (then (call $blt_setup_masks)))
  (global.set $blt_source_x (call $blt_field (local.get $blt) (i32.const 8) (i32.const 0)))
  (global.set $blt_source_y (call $blt_field (local.get $blt) (i32.const 9) (i32.const 0)))
  (i32.const 1))

;; The clipping rectangle, cut to the destination.
(func $blt_load_clip (param $blt eqref)
  (global.set $blt_clip_x (call $blt_field (local.get $blt) (i32.const 10) (i32.const 0)))
  (global.set $blt_clip_y (call $blt_field (local.get $blt) (i32.const 11) (i32.const 0)))
  (global.set $blt_clip_width (call $blt_field (local.get $blt) (i32.const 12) (global.get $blt_dest_width)))
  (global.set $blt_clip_height (call $blt_field (local.get $blt) (i32.const 13) (global.get $blt_dest_height)))
  (if (i32.lt_s (global.get $blt_clip_x) (i32.const 0))
    (then
      (global.set $blt_clip_width (i32.add (global.get $blt_clip_width) (global.get $blt_clip_x)))
      (global.set $blt_clip_x (i32.const 0))))
  (if (i32.lt_s (global.get $blt_clip_y) (i32.const 0))
    (then
      (global.set $blt_clip_height (i32.add (global.get $blt_clip_height) (global.get $blt_clip_y)))
      (global.set $blt_clip_y (i32.const 0))))
  (if
    (i32.gt_s (i32.add (global.get $blt_clip_x) (global.get $blt_clip_width)) (global.get $blt_dest_width))
    (then (global.set $blt_clip_width (i32.sub (global.get $blt_dest_width) (global.get $blt_clip_x)))))
  (if
    (i32.gt_s (i32.add (global.get $blt_clip_y) (global.get $blt_clip_height)) (global.get $blt_dest_height))
    (then (global.set $blt_clip_height (i32.sub (global.get $blt_dest_height) (global.get $blt_clip_y))))))
