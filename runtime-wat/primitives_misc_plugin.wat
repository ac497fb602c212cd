;; MiscPrimitivePlugin: byte strings and bitmaps, loops that the image's own code would do byte by byte. The receiver is
;; of no interest.

(func $primitive_MiscPrimitivePlugin_primitiveStringHash (param $receiver eqref) (param $string eqref)
  (param $hash eqref) (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $value i32) (local $index i32)
  (local.set $bytes (global.get $empty_bytes))
  (drop (block $failed (result eqref)
    (local.set $value (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $hash))))
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $string))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $bytes))))
        (local.set $value (i32.mul (i32.const 1664525)
          (i32.add (local.get $value) (array.get_u $Bytes (local.get $bytes) (local.get $index)))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (return (ref.i31 (i32.and (local.get $value) (i32.const 0xFFFFFFF))))))
  (global.get $failed))

;; 1, 2 or 3 as first comes before, is equal to, or comes after second
(func $primitive_MiscPrimitivePlugin_primitiveCompareString
  (param $receiver eqref) (param $first eqref) (param $second eqref) (param $order eqref) (param $depth i32)
    (result eqref)
  (drop (block $failed (result eqref)
    (if (i32.lt_u (array.len (struct.get $ByteObject $bytes
            (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $order)))) (i32.const 256))
      (then (return (global.get $failed))))
    (return (ref.i31 (call $compare_bytes
      (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $first)))
      (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $second)))
      (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $order))))))))
  (global.get $failed))

(func $compare_bytes (param $first (ref $Bytes)) (param $second (ref $Bytes)) (param $order (ref $Bytes)) (result i32)
  (local $index i32) (local $size i32) (local $difference i32)
  (local.set $difference (i32.sub (array.len (local.get $first)) (array.len (local.get $second))))
  (local.set $size (select (array.len (local.get $second)) (array.len (local.get $first))
    (i32.gt_s (local.get $difference) (i32.const 0))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (local.get $size)))
      (local.set $difference (i32.sub
        (array.get_u $Bytes (local.get $order) (array.get_u $Bytes (local.get $first) (local.get $index)))
        (array.get_u $Bytes (local.get $order) (array.get_u $Bytes (local.get $second) (local.get $index)))))
      (br_if $done (local.get $difference))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (if (i32.eq (local.get $index) (local.get $size))
    (then (local.set $difference (i32.sub (array.len (local.get $first)) (array.len (local.get $second))))))
  (i32.add (i32.const 2) (i32.sub
    (i32.gt_s (local.get $difference) (i32.const 0)) (i32.lt_s (local.get $difference) (i32.const 0)))))

(func $primitive_MiscPrimitivePlugin_primitiveTranslateStringWithTable
  (param $receiver eqref) (param $string eqref) (param $start eqref) (param $stop eqref) (param $table eqref)
    (param $depth i32) (result eqref)
  (local $bytes (ref $Bytes)) (local $map (ref $Bytes)) (local $index i32) (local $end i32)
  (local.set $bytes (global.get $empty_bytes))
  (local.set $map (global.get $empty_bytes))
  (drop (block $failed (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $string))))
    (local.set $map (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $table))))
    (local.set $index (i32.sub (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $start))) (i32.const 1)))
    (local.set $end (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $stop))))
    (if (i32.or
          (i32.or (i32.lt_s (local.get $index) (i32.const 0))
            (i32.gt_s (local.get $end) (array.len (local.get $bytes))))
          (i32.or (i32.lt_u (array.len (local.get $map)) (i32.const 256)) (call $is_immutable (local.get $string))))
      (then (return (global.get $failed))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_s (local.get $index) (local.get $end)))
        (array.set $Bytes (local.get $bytes) (local.get $index)
          (array.get_u $Bytes (local.get $map) (array.get_u $Bytes (local.get $bytes) (local.get $index))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (return (local.get $receiver))))
  (global.get $failed))

(func $primitive_MiscPrimitivePlugin_primitiveFindFirstInString
  (param $receiver eqref) (param $string eqref) (param $set eqref) (param $start eqref) (param $depth i32)
    (result eqref)
  (local $bytes (ref $Bytes)) (local $map (ref $Bytes)) (local $index i32)
  (local.set $bytes (global.get $empty_bytes))
  (local.set $map (global.get $empty_bytes))
  (drop (block $failed (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $string))))
    (local.set $map (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $set))))
    (local.set $index (i32.sub (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $start))) (i32.const 1)))
    (if (i32.lt_s (local.get $index) (i32.const 0)) (then (return (global.get $failed))))
    (if (i32.ne (array.len (local.get $map)) (i32.const 256)) (then (return (ref.i31 (i32.const 0)))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $bytes))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $next (i32.eqz (array.get_u $Bytes (local.get $map)
          (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $index) (i32.const 1))))))
        (return (ref.i31 (local.get $index)))))
    (return (ref.i31 (i32.const 0)))))
  (global.get $failed))

(func $primitive_MiscPrimitivePlugin_primitiveIndexOfAsciiInString
  (param $receiver eqref) (param $value eqref) (param $string eqref) (param $start eqref) (param $depth i32)
    (result eqref)
  (local $bytes (ref $Bytes)) (local $byte i32) (local $index i32)
  (local.set $bytes (global.get $empty_bytes))
  (drop (block $failed (result eqref)
    (local.set $byte (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $value))))
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $string))))
    (local.set $index (i32.sub (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $start))) (i32.const 1)))
    (if (i32.lt_s (local.get $index) (i32.const 0)) (then (return (global.get $failed))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $bytes))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br_if $next (i32.ne (local.get $byte)
          (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $index) (i32.const 1)))))
        (return (ref.i31 (local.get $index)))))
    (return (ref.i31 (i32.const 0)))))
  (global.get $failed))

(func $primitive_MiscPrimitivePlugin_primitiveFindSubstring
  (param $receiver eqref) (param $key eqref) (param $body eqref) (param $start eqref) (param $matchTable eqref)
    (param $depth i32) (result eqref)
  (drop (block $failed (result eqref)
    (if (i32.lt_u (array.len (struct.get $ByteObject $bytes
            (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $matchTable)))) (i32.const 256))
      (then (return (global.get $failed))))
    (return (ref.i31 (call $find_bytes
      (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $key)))
      (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $body)))
      (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $start)))
      (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $matchTable))))))))
  (global.get $failed))

;; The 1-based position of key in body from start on, 0 if there is none.
(func $find_bytes (param $key (ref $Bytes)) (param $body (ref $Bytes)) (param $start i32)
  (param $map (ref $Bytes)) (result i32)
  (local $index i32) (local $last i32)
  (if (i32.eqz (array.len (local.get $key))) (then (return (i32.const 0))))
  (local.set $start (i32.sub (local.get $start) (i32.const 1)))
  (if (i32.lt_s (local.get $start) (i32.const 0)) (then (local.set $start (i32.const 0))))
  (local.set $last (i32.sub (array.len (local.get $body)) (array.len (local.get $key))))
  (block $none
    (loop $nextStart
      (br_if $none (i32.gt_s (local.get $start) (local.get $last)))
      (local.set $index (i32.const 0))
      (loop $next
        (if (i32.eq
              (array.get_u $Bytes (local.get $map)
                (array.get_u $Bytes (local.get $body) (i32.add (local.get $start) (local.get $index))))
              (array.get_u $Bytes (local.get $map) (array.get_u $Bytes (local.get $key) (local.get $index))))
          (then
            (local.set $index (i32.add (local.get $index) (i32.const 1)))
            (br_if $next (i32.lt_u (local.get $index) (array.len (local.get $key))))
            (return (i32.add (local.get $start) (i32.const 1))))))
      (local.set $start (i32.add (local.get $start) (i32.const 1)))
      (br $nextStart)))
  (i32.const 0))

;; Signed 8-bit samples to 16 bits; the sound buffer has shorts or words.
(func $primitive_MiscPrimitivePlugin_primitiveConvert8BitSigned (param $receiver eqref) (param $samples eqref)
  (param $buffer eqref) (param $depth i32) (result eqref)
  (local $from (ref $Bytes)) (local $index i32) (local $sample i32)
  (local.set $from (global.get $empty_bytes))
  (drop (block $failed (result eqref)
    (local.set $from (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $samples))))
    (if (i32.or (call $is_immutable (local.get $buffer))
          (i32.lt_u (call $sound_size (local.get $buffer)) (array.len (local.get $from))))
      (then (return (global.get $failed))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $from))))
        (local.set $sample (i32.shl (array.get_s $Bytes (local.get $from) (local.get $index)) (i32.const 8)))
        (call $sound_put (local.get $buffer) (local.get $index) (local.get $sample))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (return (local.get $receiver))))
  (global.get $failed))
