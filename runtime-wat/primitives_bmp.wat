;; BMPReadWriterPlugin: lines of BMP files, three bytes per pixel, from and to words of Forms of depth 32. The receiver is
;; of no interest.

;; Do $count pixels fit in a line of $bytes bytes, and into $words words from the 0-based $start on?
(func $bmp_fits (param $bytes i32) (param $words i32) (param $start i32) (param $count i32) (result i32)
  (i32.and
    (i32.and (i32.ge_s (local.get $start) (i32.const 0)) (i32.ge_s (local.get $count) (i32.const 0)))
    (i32.and
      (i32.le_u (local.get $count) (i32.div_u (local.get $bytes) (i32.const 3)))
      (i64.le_u (i64.add (i64.extend_i32_u (local.get $start)) (i64.extend_i32_u (local.get $count)))
        (i64.extend_i32_u (local.get $words))))))

;; Pixels are opaque; black is not quite black, for 0 would be transparent.
(func $bmp_pixel (param $line (ref $Bytes)) (param $at i32) (result i32)
  (local $rgb i32)
  (local.set $rgb (i32.or (array.get_u $Bytes (local.get $line) (local.get $at))
    (i32.or (i32.shl (array.get_u $Bytes (local.get $line) (i32.add (local.get $at) (i32.const 1))) (i32.const 8))
      (i32.shl (array.get_u $Bytes (local.get $line) (i32.add (local.get $at) (i32.const 2))) (i32.const 16)))))
  (i32.or (i32.const 0xFF000000) (select (local.get $rgb) (i32.const 1) (local.get $rgb))))

;; read24BmpLine: line into: bits startingAt: index width: width
(func $primitive_BMPReadWriterPlugin_primitiveRead24BmpLine (param $receiver eqref) (param $line eqref) (param $bits eqref)
    (param $index eqref) (param $width eqref) (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $words (ref $Words)) (local $start i32) (local $count i32) (local $i i32)
  (drop (block $failed (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $line))))
    (local.set $words (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $bits))))
    (local.set $start (i32.sub (call $small_or (local.get $index) (i32.const 0)) (i32.const 1)))
    (local.set $count (call $small_or (local.get $width) (i32.const -1)))
    (if (i32.eqz (call $bmp_fits (array.len (local.get $bytes)) (array.len (local.get $words)) (local.get $start)
          (local.get $count)))
      (then (return (global.get $failed))))
    (block $done (loop $next
      (br_if $done (i32.ge_s (local.get $i) (local.get $count)))
      (array.set $Words (local.get $words) (i32.add (local.get $start) (local.get $i))
        (call $bmp_pixel (local.get $bytes) (i32.mul (local.get $i) (i32.const 3))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
    (return (local.get $receiver))))
  (global.get $failed))

(func $bmp_put (param $line (ref $Bytes)) (param $at i32) (param $pixel i32)
  (array.set $Bytes (local.get $line) (local.get $at) (local.get $pixel))
  (array.set $Bytes (local.get $line) (i32.add (local.get $at) (i32.const 1))
    (i32.shr_u (local.get $pixel) (i32.const 8)))
  (array.set $Bytes (local.get $line) (i32.add (local.get $at) (i32.const 2))
    (i32.shr_u (local.get $pixel) (i32.const 16))))

;; store24BitBmpLine: line from: bits startingAt: index width: width
(func $primitive_BMPReadWriterPlugin_primitiveWrite24BmpLine (param $receiver eqref) (param $line eqref) (param $bits eqref)
    (param $index eqref) (param $width eqref) (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $words (ref $Words)) (local $start i32) (local $count i32) (local $i i32)
  (drop (block $failed (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $line))))
    (local.set $words (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $bits))))
    (local.set $start (i32.sub (call $small_or (local.get $index) (i32.const 0)) (i32.const 1)))
    (local.set $count (call $small_or (local.get $width) (i32.const -1)))
    (if (i32.eqz (call $bmp_fits (array.len (local.get $bytes)) (array.len (local.get $words)) (local.get $start)
          (local.get $count)))
      (then (return (global.get $failed))))
    (block $done (loop $next
      (br_if $done (i32.ge_s (local.get $i) (local.get $count)))
      (call $bmp_put (local.get $bytes) (i32.mul (local.get $i) (i32.const 3))
        (array.get $Words (local.get $words) (i32.add (local.get $start) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
    (return (local.get $receiver))))
  (global.get $failed))
