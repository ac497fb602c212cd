;; MiscPrimitivePlugin: run-length coding of bitmaps. A run is its length in words times 4 plus a code (1: one byte
;; repeated four times, 2: one word, 3: each word stands for itself), then the data; numbers take one, two or five
;; bytes.

(func $encode_big_endian (param $bytes (ref $Bytes)) (param $at i32) (param $word i32) (result i32)
  (call $put_word (local.get $bytes) (local.get $at) (call $swap_bytes (local.get $word)))
  (i32.add (local.get $at) (i32.const 4)))

(func $swap_bytes (param $word i32) (result i32)
  (i32.or
    (i32.and (i32.rotl (local.get $word) (i32.const 8)) (i32.const 0x00FF00FF))
    (i32.and (i32.rotr (local.get $word) (i32.const 8)) (i32.const 0xFF00FF00))))

(func $encode_number (param $bytes (ref $Bytes)) (param $at i32) (param $number i32) (result i32)
  (if (i32.le_u (local.get $number) (i32.const 223))
    (then
      (array.set $Bytes (local.get $bytes) (local.get $at) (local.get $number))
      (return (i32.add (local.get $at) (i32.const 1)))))
  (if (i32.le_u (local.get $number) (i32.const 7935))
    (then
      (array.set $Bytes (local.get $bytes) (local.get $at)
        (i32.add (i32.shr_u (local.get $number) (i32.const 8)) (i32.const 224)))
      (array.set $Bytes (local.get $bytes) (i32.add (local.get $at) (i32.const 1)) (local.get $number))
      (return (i32.add (local.get $at) (i32.const 2)))))
  (array.set $Bytes (local.get $bytes) (local.get $at) (i32.const 255))
  (call $encode_big_endian (local.get $bytes) (i32.add (local.get $at) (i32.const 1)) (local.get $number)))

;; Four times the same byte?
(func $is_byte_run (param $word i32) (result i32)
  (i32.eq (local.get $word) (i32.rotl (local.get $word) (i32.const 8))))

;; count words that are all the same
(func $encode_run (param $bytes (ref $Bytes)) (param $at i32) (param $word i32) (param $count i32) (result i32)
  (local.set $count (i32.shl (local.get $count) (i32.const 2)))
  (if (call $is_byte_run (local.get $word))
    (then
      (local.set $at (call $encode_number (local.get $bytes) (local.get $at)
          (i32.add (local.get $count) (i32.const 1))))
      (array.set $Bytes (local.get $bytes) (local.get $at) (local.get $word))
      (return (i32.add (local.get $at) (i32.const 1)))))
  (local.set $at (call $encode_number (local.get $bytes) (local.get $at) (i32.add (local.get $count) (i32.const 2))))
  (call $encode_big_endian (local.get $bytes) (local.get $at) (local.get $word)))

;; The words from start up to the next pair of equal ones, or to the end. Answers where that is.
(func $end_of_literals (param $words (ref $Words)) (param $start i32) (result i32)
  (local $last i32)
  (local.set $last (i32.sub (array.len (local.get $words)) (i32.const 1)))
  (loop $next
    (if (i32.ge_s (local.get $start) (local.get $last)) (then (return (array.len (local.get $words)))))
    (if (i32.ne (array.get $Words (local.get $words) (local.get $start))
          (array.get $Words (local.get $words) (i32.add (local.get $start) (i32.const 1))))
      (then
        (local.set $start (i32.add (local.get $start) (i32.const 1)))
        (br $next))))
  (local.get $start))

(func $end_of_run (param $words (ref $Words)) (param $start i32) (result i32)
  (local $index i32)
  (local.set $index (local.get $start))
  (loop $next
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (if (i32.lt_u (local.get $index) (array.len (local.get $words)))
      (then (br_if $next (i32.eq (array.get $Words (local.get $words) (local.get $index))
        (array.get $Words (local.get $words) (local.get $start)))))))
  (local.get $index))

(func $encode_literals (param $words (ref $Words)) (param $start i32) (param $end i32)
  (param $bytes (ref $Bytes)) (param $at i32)
  (result i32)
  (local.set $at (call $encode_number (local.get $bytes) (local.get $at)
    (i32.add (i32.shl (i32.sub (local.get $end) (local.get $start)) (i32.const 2)) (i32.const 3))))
  (loop $next
    (local.set $at (call $encode_big_endian (local.get $bytes) (local.get $at)
      (array.get $Words (local.get $words) (local.get $start))))
    (br_if $next (i32.lt_u (local.tee $start (i32.add (local.get $start) (i32.const 1))) (local.get $end))))
  (local.get $at))

(func $compress_words (param $words (ref $Words)) (param $bytes (ref $Bytes)) (result i32)
  (local $at i32) (local $index i32) (local $end i32) (local $word i32)
  (local.set $at (call $encode_number (local.get $bytes) (i32.const 0) (array.len (local.get $words))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (local.set $word (array.get $Words (local.get $words) (local.get $index)))
      (local.set $end (call $end_of_run (local.get $words) (local.get $index)))
      (if (i32.or (i32.gt_u (i32.sub (local.get $end) (local.get $index)) (i32.const 1))
          (call $is_byte_run (local.get $word)))
        (then (local.set $at (call $encode_run (local.get $bytes) (local.get $at) (local.get $word)
          (i32.sub (local.get $end) (local.get $index)))))
        (else
          (local.set $end (call $end_of_literals (local.get $words) (local.get $index)))
          (local.set $at (call $encode_literals (local.get $words) (local.get $index) (local.get $end)
            (local.get $bytes) (local.get $at)))))
      (local.set $index (local.get $end))
      (br $next)))
  (local.get $at))

;; Answers how many bytes were used.
(func $primitive_MiscPrimitivePlugin_primitiveCompressToByteArray (param $receiver eqref) (param $bitmap eqref)
  (param $byteArray eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $bytes (ref $Bytes)) (local $size i32)
  (local.set $words (global.get $no_words))
  (local.set $bytes (global.get $empty_bytes))
  (drop (block $failed (result eqref)
    (local.set $words (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $bitmap))))
    (local.set $bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $byteArray))))
    (local.set $size (array.len (local.get $words)))
    (if (i32.or (call $is_immutable (local.get $byteArray))
          (i32.lt_u (array.len (local.get $bytes)) (i32.add
            (i32.add (i32.shl (local.get $size) (i32.const 2)) (i32.const 7))
            (i32.mul (i32.div_u (local.get $size) (i32.const 1984)) (i32.const 3)))))
      (then (return (global.get $failed))))
    (return (ref.i31 (call $compress_words (local.get $words) (local.get $bytes))))))
  (global.get $failed))

;; --- decoding. $decode_number leaves where it ended in $decoded_to. ---

(global $decoded_to (mut i32) (i32.const 0))

(func $byte_or_zero (param $bytes (ref $Bytes)) (param $at i32) (result i32)
  (if (i32.ge_u (local.get $at) (array.len (local.get $bytes))) (then (return (i32.const 0))))
  (array.get_u $Bytes (local.get $bytes) (local.get $at)))

(func $decode_number (param $bytes (ref $Bytes)) (param $at i32) (result i32)
  (local $first i32)
  (local.set $first (array.get_u $Bytes (local.get $bytes) (local.get $at)))
  (local.set $at (i32.add (local.get $at) (i32.const 1)))
  (if (i32.le_u (local.get $first) (i32.const 223))
    (then
      (global.set $decoded_to (local.get $at))
      (return (local.get $first))))
  (if (i32.le_u (local.get $first) (i32.const 254))
    (then
      (global.set $decoded_to (i32.add (local.get $at) (i32.const 1)))
      (return (i32.add (i32.shl (i32.sub (local.get $first) (i32.const 224)) (i32.const 8))
        (call $byte_or_zero (local.get $bytes) (local.get $at))))))
  (global.set $decoded_to (i32.add (local.get $at) (i32.const 4)))
  (call $swap_bytes (call $word_at (local.get $bytes) (local.get $at))))

;; Answers 0 when the words do not suffice.
(func $decompress_words (param $words (ref $Words)) (param $bytes (ref $Bytes)) (param $at i32) (result i32)
  (local $to i32) (local $count i32) (local $code i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $at) (array.len (local.get $bytes))))
      (local.set $count (call $decode_number (local.get $bytes) (local.get $at)))
      (local.set $at (global.get $decoded_to))
      (local.set $code (i32.and (local.get $count) (i32.const 3)))
      (local.set $count (i32.shr_u (local.get $count) (i32.const 2)))
      (if (i32.gt_u (local.get $count) (i32.sub (array.len (local.get $words)) (local.get $to)))
        (then (return (i32.const 0))))
      (br_if $next (i32.eqz (local.get $code)))
      (if (i32.eq (local.get $code) (i32.const 3))
        (then (local.set $at (call $decode_literals (local.get $words) (local.get $to) (local.get $count)
          (local.get $bytes) (local.get $at))))
        (else
          (array.fill $Words (local.get $words) (local.get $to)
            (if (result i32) (i32.eq (local.get $code) (i32.const 1))
              (then (i32.mul (call $byte_or_zero (local.get $bytes) (local.get $at)) (i32.const 0x01010101)))
              (else (call $swap_bytes (call $word_at (local.get $bytes) (local.get $at)))))
            (local.get $count))
          (local.set $at (i32.add (local.get $at)
            (select (i32.const 1) (i32.const 4) (i32.eq (local.get $code) (i32.const 1)))))))
      (local.set $to (i32.add (local.get $to) (local.get $count)))
      (br $next)))
  (i32.const 1))

(func $decode_literals (param $words (ref $Words)) (param $to i32) (param $count i32) (param $bytes (ref $Bytes))
  (param $at i32)
  (result i32)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $count)))
      (array.set $Words (local.get $words) (local.get $to)
        (call $swap_bytes (call $word_at (local.get $bytes) (local.get $at))))
      (local.set $at (i32.add (local.get $at) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next)))
  (local.get $at))

(func $primitive_MiscPrimitivePlugin_primitiveDecompressFromByteArray (param $receiver eqref)
  (param $bitmap eqref) (param $byteArray eqref) (param $index eqref) (param $depth i32) (result eqref)
  (local $start i32)
  (drop (block $failed (result eqref)
    (local.set $start (i32.sub (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $index))) (i32.const 1)))
    (if (i32.or (i32.lt_s (local.get $start) (i32.const 0)) (call $is_immutable (local.get $bitmap)))
      (then (return (global.get $failed))))
    (if (call $decompress_words
          (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $bitmap)))
          (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject) (local.get $byteArray)))
          (local.get $start))
      (then (return (local.get $receiver))))
    (ref.null eq)))
  (global.get $failed))

;; --- the same primitives under the numbers that older images use ---

(func $primitive_234 (param $receiver eqref) (param $bitmap eqref) (param $byteArray eqref) (param $index eqref)
  (param $depth i32) (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveDecompressFromByteArray (local.get $receiver)
    (local.get $bitmap) (local.get $byteArray) (local.get $index) (local.get $depth)))
(func $primitive_235 (param $receiver eqref) (param $first eqref) (param $second eqref) (param $order eqref)
  (param $depth i32) (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveCompareString (local.get $receiver)
    (local.get $first) (local.get $second) (local.get $order) (local.get $depth)))
(func $primitive_236 (param $receiver eqref) (param $samples eqref) (param $buffer eqref) (param $depth i32)
  (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveConvert8BitSigned (local.get $receiver)
    (local.get $samples) (local.get $buffer) (local.get $depth)))
(func $primitive_237 (param $receiver eqref) (param $bitmap eqref) (param $byteArray eqref) (param $depth i32)
  (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveCompressToByteArray (local.get $receiver)
    (local.get $bitmap) (local.get $byteArray) (local.get $depth)))
(func $primitive_243 (param $receiver eqref) (param $string eqref) (param $start eqref) (param $stop eqref)
  (param $table eqref) (param $depth i32) (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveTranslateStringWithTable (local.get $receiver)
    (local.get $string) (local.get $start) (local.get $stop) (local.get $table) (local.get $depth)))
(func $primitive_244 (param $receiver eqref) (param $string eqref) (param $set eqref) (param $start eqref)
  (param $depth i32) (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveFindFirstInString (local.get $receiver)
    (local.get $string) (local.get $set) (local.get $start) (local.get $depth)))
(func $primitive_245 (param $receiver eqref) (param $value eqref) (param $string eqref) (param $start eqref)
  (param $depth i32) (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveIndexOfAsciiInString (local.get $receiver)
    (local.get $value) (local.get $string) (local.get $start) (local.get $depth)))
(func $primitive_246 (param $receiver eqref) (param $key eqref) (param $body eqref) (param $start eqref)
  (param $matchTable eqref) (param $depth i32) (result eqref)
  (return_call $primitive_MiscPrimitivePlugin_primitiveFindSubstring (local.get $receiver)
    (local.get $key) (local.get $body) (local.get $start) (local.get $matchTable) (local.get $depth)))
