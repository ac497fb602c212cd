;; ZipPlugin, writing: sends literals and matches of a block to a ZipEncoder with the codes of two Huffman trees.

(global $send_at (mut i32) (i32.const 0))                                 ;; where the next byte goes
;; Bits per code and codes: of literals and lengths.
(global $send_lengths (mut (ref $Words)) (global.get $no_words))
(global $send_codes (mut (ref $Words)) (global.get $no_words))
(global $send_distance_lengths (mut (ref $Words)) (global.get $no_words)) ;; of distances
(global $send_distance_codes (mut (ref $Words)) (global.get $no_words))

(func $send_bits (param $count i32) (param $value i32)
  (if (i32.or (i32.gt_u (local.get $count) (i32.const 24)) (i32.shr_u (local.get $value) (local.get $count)))
    (then
      (global.set $zip_broken (i32.const 1))
      (return)))
  (global.set $zip_bits (i32.or (global.get $zip_bits) (i32.shl (local.get $value) (global.get $zip_bit_count))))
  (global.set $zip_bit_count (i32.add (global.get $zip_bit_count) (local.get $count)))
  (loop $next
    (if (i32.and (i32.ge_u (global.get $zip_bit_count) (i32.const 8))
          (i32.lt_u (global.get $send_at) (array.len (global.get $zip_bytes))))
      (then
        (array.set $Bytes (global.get $zip_bytes) (global.get $send_at) (global.get $zip_bits))
        (global.set $send_at (i32.add (global.get $send_at) (i32.const 1)))
        (global.set $zip_bits (i32.shr_u (global.get $zip_bits) (i32.const 8)))
        (global.set $zip_bit_count (i32.sub (global.get $zip_bit_count) (i32.const 8)))
        (br $next)))))

(func $send_code (param $lengths (ref $Words)) (param $codes (ref $Words)) (param $code i32)
  (if (i32.ge_u (local.get $code) (array.len (local.get $lengths)))
    (then
      (global.set $zip_broken (i32.const 1))
      (return)))
  (call $send_bits
    (array.get $Words (local.get $lengths) (local.get $code)) (array.get $Words (local.get $codes) (local.get $code))))

;; The low bits of value that its code does not tell.
(func $send_extra (param $count i32) (param $value i32)
  (call $send_bits (local.get $count)
    (i32.and (local.get $value) (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1)))))

(func $send_match (param $length i32) (param $distance i32)
  (local $code i32)
  (if (i32.gt_u (local.get $distance) (i32.const 0x8000))
    (then
      (global.set $zip_broken (i32.const 1))
      (return)))
  (local.set $code (call $length_code (local.get $length)))
  (call $send_code (global.get $send_lengths) (global.get $send_codes) (local.get $code))
  (call $send_extra (call $length_extra_bits (local.get $code)) (local.get $length))
  (local.set $distance (i32.sub (local.get $distance) (i32.const 1)))
  (local.set $code (call $distance_code (local.get $distance)))
  (call $send_code (global.get $send_distance_lengths) (global.get $send_distance_codes) (local.get $code))
  (call $send_extra (call $distance_extra_bits (local.get $code)) (local.get $distance)))

;; Where $send_block stopped.
(global $send_position (mut i32) (i32.const 0))

;; From $send_position to limit, as far as there is room. Answers how many bytes that unpacks to.
(func $send_block (param $literals (ref $Bytes)) (param $distances (ref $Words)) (param $limit i32) (result i32)
  (local $position i32) (local $sum i32) (local $literal i32) (local $distance i32)
  (local.set $position (global.get $send_position))
  (call $send_bits (i32.const 0) (i32.const 0))
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $position) (local.get $limit)))
      (br_if $done (i32.ge_u (i32.add (global.get $send_at) (i32.const 4)) (array.len (global.get $zip_bytes))))
      (br_if $done (global.get $zip_broken))
      (local.set $literal (array.get_u $Bytes (local.get $literals) (local.get $position)))
      (local.set $distance (array.get $Words (local.get $distances) (local.get $position)))
      (local.set $position (i32.add (local.get $position) (i32.const 1)))
      (if (local.get $distance)
        (then
          (local.set $sum (i32.add (local.get $sum) (i32.add (local.get $literal) (i32.const 3))))
          (call $send_match (local.get $literal) (local.get $distance)))
        (else
          (local.set $sum (i32.add (local.get $sum) (i32.const 1)))
          (call $send_code (global.get $send_lengths) (global.get $send_codes) (local.get $literal))))
      (br $next)))
  (global.set $send_position (local.get $position))
  (local.get $sum))

;; A tree is an object whose first two slots are the bit lengths and the codes.
(func $load_send_trees (param $literalTree eqref) (param $distanceTree eqref) (result i32)
  (drop (block $failed (result eqref)
    (global.set $send_lengths (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (call $slot_get (local.get $literalTree) (i32.const 0)))))
    (global.set $send_codes (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (call $slot_get (local.get $literalTree) (i32.const 1)))))
    (global.set $send_distance_lengths (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (call $slot_get (local.get $distanceTree) (i32.const 0)))))
    (global.set $send_distance_codes (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (call $slot_get (local.get $distanceTree) (i32.const 1)))))
    (return (i32.and
      (i32.eq (array.len (global.get $send_lengths)) (array.len (global.get $send_codes)))
      (i32.eq (array.len (global.get $send_distance_lengths)) (array.len (global.get $send_distance_codes)))))))
  (i32.const 0))

;; ZipEncoder: collection, position; behind WriteStream's variables: the encoded stream, bits, bit count. The two
;; streams: collection, position, readLimit, the same in both.
(func $primitive_ZipPlugin_primitiveZipSendBlock (param $receiver eqref) (param $literalStream eqref)
  (param $distanceStream eqref) (param $literalTree eqref) (param $distanceTree eqref) (param $depth i32) (result eqref)
  (local $base i32) (local $limit i32) (local $sum i32) (local $literals (ref $Bytes)) (local $distances (ref $Words))
  (drop (block $failed (result eqref)
    (local.set $base (call $zip_base (local.get $receiver) (i32.const 7)))
    (if (i32.lt_s (local.get $base) (i32.const 3)) (then (return (global.get $failed))))
    (if (i32.eqz (call $load_send_trees (local.get $literalTree) (local.get $distanceTree)))
      (then (return (global.get $failed))))
    (global.set $zip_bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (call $slot_get (local.get $receiver) (i32.const 0)))))
    (global.set $send_at (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.const 1)))))
    (global.set $zip_bits (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 1))))))
    (global.set $zip_bit_count (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 2))))))
    (local.set $literals (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (call $slot_get (local.get $literalStream) (i32.const 0)))))
    (local.set $distances (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (call $slot_get (local.get $distanceStream) (i32.const 0)))))
    (global.set $send_position (i31.get_s
        (br_on_cast_fail $failed eqref (ref i31) (call $slot_get (local.get $literalStream) (i32.const 1)))))
    (local.set $limit (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $literalStream) (i32.const 2)))))
    (if (i32.or
          (i32.or (i32.gt_u (global.get $send_position) (local.get $limit))
            (i32.gt_u (local.get $limit) (array.len (local.get $literals))))
          (i32.or (i32.gt_u (local.get $limit) (array.len (local.get $distances)))
            (i32.gt_u (global.get $zip_bit_count) (i32.const 31))))
      (then (return (global.get $failed))))
    (if (i32.ne (global.get $send_position) (i31.get_s
          (br_on_cast_fail $failed eqref (ref i31) (call $slot_get (local.get $distanceStream) (i32.const 1)))))
      (then (return (global.get $failed))))
    (if (i32.ne (local.get $limit) (i31.get_s
          (br_on_cast_fail $failed eqref (ref i31) (call $slot_get (local.get $distanceStream) (i32.const 2)))))
      (then (return (global.get $failed))))
    (global.set $zip_broken (i32.const 0))
    (local.set $sum (call $send_block (local.get $literals) (local.get $distances) (local.get $limit)))
    (if (global.get $zip_broken) (then (return (global.get $failed))))
    (call $slot_put (local.get $literalStream) (i32.const 1) (ref.i31 (global.get $send_position)))
    (call $slot_put (local.get $distanceStream) (i32.const 1) (ref.i31 (global.get $send_position)))
    (call $slot_put (local.get $receiver) (i32.const 1) (ref.i31 (global.get $send_at)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 1)) (ref.i31 (global.get $zip_bits)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 2))
      (ref.i31 (global.get $zip_bit_count)))
    (return (ref.i31 (local.get $sum)))))
  (global.get $failed))
