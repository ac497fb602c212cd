;; JPEGReadWriter2Plugin: JPEG files from and to Forms of 8 bits (grey), 16 and 32 bits. The host has the codec; what it
;; reads and writes goes through the transfer area, pixels row by row: grey ones are bytes, colours are 32-bit pixels when they
;; are read and three bytes when they are written. The structures that an image passes are ByteArrays of 12 bytes: width, height, number of components. As in OpenSmalltalk's plugin, what is no JPEG
;; file does not fail: it has no width and leaves the Form alone.

(global $jpeg_struct_size i32 (i32.const 12))

;; The Form at hand: its bits, pixels per word, how far up the first pixel of a word is, and which way the next ones are.
(global $jpeg_bits (mut (ref $Words)) (global.get $no_words))
(global $jpeg_width (mut i32) (i32.const 0))
(global $jpeg_height (mut i32) (i32.const 0))
(global $jpeg_depth (mut i32) (i32.const 0))
(global $jpeg_msb (mut i32) (i32.const 0))
(global $jpeg_pitch (mut i32) (i32.const 0))
(global $jpeg_components (mut i32) (i32.const 0))

(func $primitive_JPEGReadWriter2Plugin_primJPEGPluginIsPresent (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $true))

(func $primitive_JPEGReadWriter2Plugin_primSupports8BitGrayscaleJPEGs (param $receiver eqref) (param $depth i32)
    (result eqref)
  (global.get $true))

(func $primitive_JPEGReadWriter2Plugin_primJPEGDecompressStructSize (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (global.get $jpeg_struct_size)))

(func $primitive_JPEGReadWriter2Plugin_primJPEGCompressStructSize (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (global.get $jpeg_struct_size)))

(func $primitive_JPEGReadWriter2Plugin_primJPEGErrorMgr2StructSize (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (global.get $jpeg_struct_size)))

;; --- the structure ---

(func $jpeg_field (param $struct eqref) (param $at i32) (result eqref)
  (local $bytes (ref $Bytes))
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $struct))))
    (if (i32.lt_u (array.len (local.get $bytes)) (global.get $jpeg_struct_size)) (then (return (global.get $failed))))
    (return_call $integer_of (call $word_at (local.get $bytes) (local.get $at))))
  (drop)
  (global.get $failed))

(func $primitive_JPEGReadWriter2Plugin_primImageWidth (param $receiver eqref) (param $struct eqref) (param $depth i32)
    (result eqref)
  (return_call $jpeg_field (local.get $struct) (i32.const 0)))

(func $primitive_JPEGReadWriter2Plugin_primImageHeight (param $receiver eqref) (param $struct eqref) (param $depth i32)
    (result eqref)
  (return_call $jpeg_field (local.get $struct) (i32.const 4)))

(func $primitive_JPEGReadWriter2Plugin_primImageNumComponents (param $receiver eqref) (param $struct eqref)
    (param $depth i32) (result eqref)
  (return_call $jpeg_field (local.get $struct) (i32.const 8)))

;; --- reading ---

(func $jpeg_append_bytes (param $source eqref)
  (local $at i32) (local $count i32) (local $left i32)
  (local.set $left (call $transfer_element_count (local.get $source)))
  (loop $next
    (local.set $count (select (local.get $left) (global.get $transfer_size)
      (i32.lt_u (local.get $left) (global.get $transfer_size))))
    (call $elements_to_memory (local.get $source) (local.get $at) (local.get $count))
    (call $host_jpeg_append (i32.const 0) (local.get $count))
    (local.set $at (i32.add (local.get $at) (local.get $count)))
    (local.set $left (i32.sub (local.get $left) (local.get $count)))
    (br_if $next (local.get $left))))

;; readHeader: struct fromByteArray: source errorMgr: struct
(func $primitive_JPEGReadWriter2Plugin_primJPEGReadHeaderfromByteArrayerrorMgr (param $receiver eqref) (param $struct eqref)
    (param $source eqref) (param $errors eqref) (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $at i32)
  (drop (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $struct))))
    (if (i32.or (i32.lt_u (array.len (local.get $bytes)) (global.get $jpeg_struct_size))
          (i32.eqz (ref.test (ref $ByteObject) (local.get $source))))
      (then (return (global.get $failed))))
    (call $jpeg_append_bytes (local.get $source))
    (call $host_jpeg_header)
    (loop $fields
      (call $put_word (local.get $bytes) (local.get $at) (i32.load (local.get $at)))
      (br_if $fields (i32.lt_u (local.tee $at (i32.add (local.get $at) (i32.const 4))) (global.get $jpeg_struct_size))))
    (return (local.get $receiver))))
  (global.get $failed))

;; readImage: struct fromByteArray: source onForm: form doDithering: aBoolean errorMgr: struct
(func $primitive_JPEGReadWriter2Plugin_primJPEGReadImagefromByteArrayonFormdoDitheringerrorMgr (param $receiver eqref)
    (param $struct eqref) (param $source eqref) (param $form eqref) (param $dithering eqref) (param $errors eqref)
    (param $depth i32) (result eqref)
  (local $row i32)
  (if (i32.eqz (i32.and (i32.and (ref.test (ref $ByteObject) (local.get $source)) (call $is_boolean (local.get $dithering)))
        (call $load_jpeg_form (local.get $form))))
    (then (return (global.get $failed))))
  (call $jpeg_append_bytes (local.get $source))
  (global.set $jpeg_components (call $host_jpeg_decode))
  (if (i32.eqz (global.get $jpeg_components)) (then (return (local.get $receiver))))
  (if (i32.eqz (call $jpeg_fits_form)) (then (return (global.get $failed))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $row) (global.get $jpeg_height)))
      (call $host_jpeg_row (local.get $row) (i32.const 0))
      (if (i32.and (i32.eq (global.get $jpeg_depth) (i32.const 32)) (i32.eq (global.get $jpeg_components) (i32.const 3)))
        (then (call $jpeg_row_copied (local.get $row)))
        (else (call $jpeg_row_to_form (local.get $row) (ref.eq (local.get $dithering) (global.get $true)))))
      (local.set $row (i32.add (local.get $row) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

;; Whether what was decoded (its size is in the transfer area) is as large as the Form; colours do not go into 8 bits.
(func $jpeg_fits_form (result i32)
  (i32.and
    (i32.and (i32.eq (i32.load (i32.const 0)) (global.get $jpeg_width))
      (i32.eq (i32.load (i32.const 4)) (global.get $jpeg_height)))
    (i32.or (i32.eq (global.get $jpeg_components) (i32.const 1)) (i32.ne (global.get $jpeg_depth) (i32.const 8)))))

;; 0 when it is no Form that can be read or written.
(func $load_jpeg_form (param $form eqref) (result i32)
  (local $depth i32)
  (drop (block $other (result eqref)
    (global.set $jpeg_bits (struct.get $WordObject $words
      (br_on_cast_fail $other eqref (ref $WordObject) (call $slot_get (local.get $form) (i32.const 0)))))
    (global.set $jpeg_width (call $small_or (call $slot_get (local.get $form) (i32.const 1)) (i32.const 0)))
    (global.set $jpeg_height (call $small_or (call $slot_get (local.get $form) (i32.const 2)) (i32.const 0)))
    (local.set $depth (call $small_or (call $slot_get (local.get $form) (i32.const 3)) (i32.const 0)))
    (global.set $jpeg_msb (i32.gt_s (local.get $depth) (i32.const 0)))
    (global.set $jpeg_depth (select (local.get $depth) (i32.sub (i32.const 0) (local.get $depth)) (global.get $jpeg_msb)))
    ;; a row of pixels has to fit into the transfer area
    (if (i32.or (i32.gt_u (global.get $jpeg_width) (i32.const 16384)) (i32.gt_u (global.get $jpeg_height) (i32.const 65535)))
      (then (return (i32.const 0))))
    (if (i32.eqz (i32.or (i32.eq (global.get $jpeg_depth) (i32.const 8))
          (i32.or (i32.eq (global.get $jpeg_depth) (i32.const 16)) (i32.eq (global.get $jpeg_depth) (i32.const 32)))))
      (then (return (i32.const 0))))
    (global.set $jpeg_pitch (i32.shr_u (i32.add (i32.mul (global.get $jpeg_width) (global.get $jpeg_depth)) (i32.const 31))
      (i32.const 5)))
    (return (i32.le_u (i32.mul (global.get $jpeg_pitch) (global.get $jpeg_height)) (array.len (global.get $jpeg_bits))))))
  (i32.const 0))

;; How far up in its word a pixel is.
(func $jpeg_shift (param $x i32) (result i32)
  (local $shift i32)
  (local.set $shift (i32.and (i32.mul (local.get $x) (global.get $jpeg_depth)) (i32.const 31)))
  (select (i32.sub (i32.sub (i32.const 32) (global.get $jpeg_depth)) (local.get $shift)) (local.get $shift)
    (global.get $jpeg_msb)))

(func $jpeg_word_index (param $x i32) (param $row i32) (result i32)
  (i32.add (i32.mul (local.get $row) (global.get $jpeg_pitch))
    (i32.shr_u (i32.mul (local.get $x) (global.get $jpeg_depth)) (i32.const 5))))

;; The colours are the Form's pixels.
(func $jpeg_row_copied (param $row i32)
  (local $x i32) (local $index i32)
  (local.set $index (i32.mul (local.get $row) (global.get $jpeg_pitch)))
  (loop $next
    (array.set $Words (global.get $jpeg_bits) (i32.add (local.get $index) (local.get $x))
      (i32.load (i32.shl (local.get $x) (i32.const 2))))
    (br_if $next (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 1))) (global.get $jpeg_width)))))

(func $jpeg_row_to_form (param $row i32) (param $dithering i32)
  (local $x i32) (local $index i32) (local $shift i32) (local $mask i32) (local $noise i32)
  (local.set $mask (i32.sub (i32.shl (i32.const 1) (global.get $jpeg_depth)) (i32.const 1)))
  (if (i32.eq (global.get $jpeg_depth) (i32.const 32)) (then (local.set $mask (i32.const -1))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $x) (global.get $jpeg_width)))
      (local.set $index (call $jpeg_word_index (local.get $x) (local.get $row)))
      (local.set $shift (call $jpeg_shift (local.get $x)))
      (if (local.get $dithering) (then (local.set $noise (call $jpeg_dither (local.get $x) (local.get $row)))))
      (array.set $Words (global.get $jpeg_bits) (local.get $index)
        (i32.or
          (i32.and (array.get $Words (global.get $jpeg_bits) (local.get $index))
            (i32.xor (i32.const -1) (i32.shl (local.get $mask) (local.get $shift))))
          (i32.shl (call $jpeg_pixel (local.get $x) (local.get $noise))
            (local.get $shift))))
      (local.set $x (i32.add (local.get $x) (i32.const 1)))
      (br $next))))

;; What an ordered pattern adds before the lowest three bits are cut off: 0 to 7.
(func $jpeg_dither (param $x i32) (param $y i32) (result i32)
  (i32.wrap_i64 (i64.and (i64.const 7)
    (i64.shr_u (i64.const 0x5274_1630_4365_0721)
      (i64.extend_i32_u (i32.shl (i32.or (i32.and (local.get $x) (i32.const 3))
        (i32.shl (i32.and (local.get $y) (i32.const 3)) (i32.const 2))) (i32.const 2)))))))

;; The Form's pixel for a decoded one of the transfer area. Black is not quite black: 0 is transparent.
(func $jpeg_pixel (param $x i32) (param $noise i32) (result i32)
  (local $color i32) (local $pixel i32)
  (local.set $color
    (if (result i32) (i32.eq (global.get $jpeg_components) (i32.const 1))
      (then (i32.mul (i32.load8_u (local.get $x)) (i32.const 0x010101)))
      (else (i32.load (i32.shl (local.get $x) (i32.const 2))))))
  (if (i32.eq (global.get $jpeg_depth) (i32.const 8)) (then (return (i32.and (local.get $color) (i32.const 255)))))
  (if (i32.eq (global.get $jpeg_depth) (i32.const 32))
    (then (return (i32.or (i32.const 0xFF000000) (local.get $color)))))
  (local.set $pixel (i32.or
    (i32.or
      (i32.shl (call $jpeg_five_bits (i32.shr_u (local.get $color) (i32.const 16)) (local.get $noise)) (i32.const 10))
      (i32.shl (call $jpeg_five_bits (i32.shr_u (local.get $color) (i32.const 8)) (local.get $noise)) (i32.const 5)))
    (call $jpeg_five_bits (local.get $color) (local.get $noise))))
  (select (local.get $pixel) (i32.const 1) (local.get $pixel)))

;; The lowest eight bits of $value, brighter by $noise.
(func $jpeg_five_bits (param $value i32) (param $noise i32) (result i32)
  (local.set $value (i32.add (i32.and (local.get $value) (i32.const 255)) (local.get $noise)))
  (i32.shr_u (select (local.get $value) (i32.const 255) (i32.lt_u (local.get $value) (i32.const 255))) (i32.const 3)))

;; --- writing ---

;; writeImage: struct onByteArray: destination form: form quality: quality progressiveJPEG: aBoolean errorMgr: struct
;; The number of bytes; 0 when the destination is too small.
(func $primitive_JPEGReadWriter2Plugin_primJPEGWriteImageonByteArrayformqualityprogressiveJPEGerrorMgr
    (param $receiver eqref) (param $struct eqref) (param $destination eqref) (param $form eqref) (param $quality eqref)
    (param $progressive eqref) (param $errors eqref) (param $depth i32) (result eqref)
  (local $row i32) (local $length i32)
  (if (i32.eqz (i32.and
        (i32.and (ref.test (ref $ByteObject) (local.get $destination)) (ref.test (ref i31) (local.get $quality)))
        (i32.and (call $is_boolean (local.get $progressive)) (call $load_jpeg_form (local.get $form)))))
    (then (return (global.get $failed))))
  (if (i32.eqz (i32.mul (global.get $jpeg_width) (global.get $jpeg_height))) (then (return (global.get $failed))))
  (global.set $jpeg_components (select (i32.const 1) (i32.const 3) (i32.eq (global.get $jpeg_depth) (i32.const 8))))
  (loop $next
    (call $form_row_to_jpeg (local.get $row))
    (call $host_jpeg_append (i32.const 0) (i32.mul (global.get $jpeg_width) (global.get $jpeg_components)))
    (br_if $next (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 1))) (global.get $jpeg_height))))
  (local.set $length (call $host_jpeg_encode (global.get $jpeg_width) (global.get $jpeg_height)
    (global.get $jpeg_components) (call $small_or (local.get $quality) (i32.const -1))
    (ref.eq (local.get $progressive) (global.get $true))))
  (if (i32.gt_u (local.get $length) (call $transfer_element_count (local.get $destination)))
    (then (return (ref.i31 (i32.const 0)))))
  (call $jpeg_take (local.get $destination) (local.get $length))
  (ref.i31 (local.get $length)))

(func $form_row_to_jpeg (param $row i32)
  (local $x i32) (local $pixel i32)
  (loop $next
    (local.set $pixel (i32.shr_u
      (array.get $Words (global.get $jpeg_bits) (call $jpeg_word_index (local.get $x) (local.get $row)))
      (call $jpeg_shift (local.get $x))))
    (call $put_jpeg_pixel (i32.mul (local.get $x) (global.get $jpeg_components)) (local.get $pixel))
    (br_if $next (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 1))) (global.get $jpeg_width)))))

(func $put_jpeg_pixel (param $at i32) (param $pixel i32)
  (if (i32.eq (global.get $jpeg_depth) (i32.const 8))
    (then (i32.store8 (local.get $at) (local.get $pixel)) (return)))
  (if (i32.eq (global.get $jpeg_depth) (i32.const 16))
    (then
      (i32.store8 (local.get $at) (call $jpeg_eight_bits (i32.shr_u (local.get $pixel) (i32.const 10))))
      (i32.store8 offset=1 (local.get $at) (call $jpeg_eight_bits (i32.shr_u (local.get $pixel) (i32.const 5))))
      (i32.store8 offset=2 (local.get $at) (call $jpeg_eight_bits (local.get $pixel)))
      (return)))
  (i32.store8 (local.get $at) (i32.shr_u (local.get $pixel) (i32.const 16)))
  (i32.store8 offset=1 (local.get $at) (i32.shr_u (local.get $pixel) (i32.const 8)))
  (i32.store8 offset=2 (local.get $at) (local.get $pixel)))

;; Five bits become eight, so that white stays white.
(func $jpeg_eight_bits (param $value i32) (result i32)
  (local.set $value (i32.and (local.get $value) (i32.const 31)))
  (i32.or (i32.shl (local.get $value) (i32.const 3)) (i32.shr_u (local.get $value) (i32.const 2))))

(func $jpeg_take (param $destination eqref) (param $length i32)
  (local $at i32) (local $count i32)
  (loop $next
    (local.set $count (i32.sub (local.get $length) (local.get $at)))
    (if (i32.gt_u (local.get $count) (global.get $transfer_size)) (then (local.set $count (global.get $transfer_size))))
    (call $host_jpeg_take (local.get $at) (i32.const 0) (local.get $count))
    (call $elements_from_memory (local.get $destination) (local.get $at) (local.get $count))
    (local.set $at (i32.add (local.get $at) (local.get $count)))
    (br_if $next (i32.lt_u (local.get $at) (local.get $length)))))
