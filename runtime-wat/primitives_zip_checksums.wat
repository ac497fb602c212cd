;; ZipPlugin: checksums of bytes. primitiveUpdate...: (checksum so far, first, last, bytes), both indices 1-based.

(global $crc_table (mut (ref $Words)) (global.get $no_words))

(func $make_crc_table
  (local $byte i32) (local $crc i32) (local $bit i32)
  (global.set $crc_table (array.new_default $Words (i32.const 256)))
  (loop $nextByte
    (local.set $crc (local.get $byte))
    (local.set $bit (i32.const 8))
    (loop $nextBit
      (local.set $crc (i32.xor (i32.shr_u (local.get $crc) (i32.const 1))
        (i32.and (i32.const 0xEDB88320) (i32.sub (i32.const 0) (i32.and (local.get $crc) (i32.const 1))))))
      (br_if $nextBit (local.tee $bit (i32.sub (local.get $bit) (i32.const 1)))))
    (array.set $Words (global.get $crc_table) (local.get $byte) (local.get $crc))
    (br_if $nextByte (i32.lt_u (local.tee $byte (i32.add (local.get $byte) (i32.const 1))) (i32.const 256)))))

(func $crc32 (param $crc i32) (param $bytes (ref $Bytes)) (param $index i32) (param $end i32) (result i32)
  (if (i32.eqz (array.len (global.get $crc_table))) (then (call $make_crc_table)))
  (loop $next
    (local.set $crc (i32.xor (i32.shr_u (local.get $crc) (i32.const 8))
      (array.get $Words (global.get $crc_table) (i32.and (i32.const 255)
        (i32.xor (local.get $crc) (array.get_u $Bytes (local.get $bytes) (local.get $index)))))))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (local.get $end))))
  (local.get $crc))

(func $adler32 (param $sum i32) (param $bytes (ref $Bytes)) (param $index i32) (param $end i32) (result i32)
  (local $second i32)
  (local.set $second (i32.shr_u (local.get $sum) (i32.const 16)))
  (local.set $sum (i32.and (local.get $sum) (i32.const 0xFFFF)))
  (loop $next
    (local.set $sum (i32.rem_u
      (i32.add (local.get $sum) (array.get_u $Bytes (local.get $bytes) (local.get $index))) (i32.const 65521)))
    (local.set $second (i32.rem_u (i32.add (local.get $second) (local.get $sum)) (i32.const 65521)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (local.get $end))))
  (i32.or (i32.shl (local.get $second) (i32.const 16)) (local.get $sum)))

(func $primitive_ZipPlugin_primitiveUpdateGZipCrc32 (param $receiver eqref) (param $sum eqref)
  (param $first eqref) (param $last eqref) (param $collection eqref) (param $depth i32) (result eqref)
  (local $start i32) (local $end i32) (local $bytes (ref $Bytes)) (local $value i32)
  (local.set $value (call $integer_value_u32 (local.get $sum)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (drop (block $failed (result eqref)
    (local.set $start (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $first))))
    (local.set $end (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $last))))
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $collection))))
    (if (i32.or (i32.lt_s (local.get $start) (i32.const 1)) (i32.or (i32.lt_s (local.get $end) (local.get $start))
          (i32.gt_s (local.get $end) (array.len (local.get $bytes)))))
      (then (return (global.get $failed))))
    (return (call $integer_of_u32 (call $crc32 (local.get $value) (local.get $bytes)
      (i32.sub (local.get $start) (i32.const 1)) (local.get $end))))))
  (global.get $failed))

(func $primitive_ZipPlugin_primitiveUpdateAdler32 (param $receiver eqref) (param $sum eqref) (param $first eqref)
  (param $last eqref) (param $collection eqref) (param $depth i32) (result eqref)
  (local $start i32) (local $end i32) (local $bytes (ref $Bytes)) (local $value i32)
  (local.set $value (call $integer_value_u32 (local.get $sum)))
  (if (i32.eqz (global.get $integer_valid)) (then (return (global.get $failed))))
  (drop (block $failed (result eqref)
    (local.set $start (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $first))))
    (local.set $end (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $last))))
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $collection))))
    (if (i32.or (i32.lt_s (local.get $start) (i32.const 1)) (i32.or (i32.lt_s (local.get $end) (local.get $start))
          (i32.gt_s (local.get $end) (array.len (local.get $bytes)))))
      (then (return (global.get $failed))))
    (return (call $integer_of_u32 (call $adler32 (local.get $value) (local.get $bytes)
      (i32.sub (local.get $start) (i32.const 1)) (local.get $end))))))
  (global.get $failed))
