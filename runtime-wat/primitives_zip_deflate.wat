;; ZipPlugin, writing: finding matches for a DeflateStream, and sending literals and matches with given Huffman trees. A
;; match is kept as its length - 3 in the literals and its distance in the distances; a literal has distance 0.

(global $deflate_heads (mut (ref $Words)) (global.get $no_words))        ;; hash value -> last position
;; Position modulo the window -> position before with that hash.
(global $deflate_tails (mut (ref $Words)) (global.get $no_words))
(global $deflate_hash (mut i32) (i32.const 0))
(global $deflate_end (mut i32) (i32.const 0))                            ;; how many bytes there are
(global $deflate_literals (mut (ref $Bytes)) (global.get $empty_bytes))
(global $deflate_distances (mut (ref $Words)) (global.get $no_words))
(global $deflate_literal_counts (mut (ref $Words)) (global.get $no_words))
(global $deflate_distance_counts (mut (ref $Words)) (global.get $no_words))
(global $deflate_count (mut i32) (i32.const 0))
(global $deflate_matches (mut i32) (i32.const 0))

;; The code of a match length - 3. All but the longest and the shortest: four codes to each power of two.
(func $length_code (param $length i32) (result i32)
  (local $extra i32)
  (if (i32.lt_u (local.get $length) (i32.const 8)) (then (return (i32.add (local.get $length) (i32.const 257)))))
  (if (i32.eq (local.get $length) (i32.const 255)) (then (return (i32.const 285))))
  (local.set $extra (i32.sub (i32.const 29) (i32.clz (local.get $length))))
  (i32.add (i32.add (i32.const 261) (i32.shl (local.get $extra) (i32.const 2)))
    (i32.and (i32.shr_u (local.get $length) (local.get $extra)) (i32.const 3))))

(func $length_extra_bits (param $code i32) (result i32)
  (if (i32.or (i32.lt_u (local.get $code) (i32.const 265)) (i32.eq (local.get $code) (i32.const 285)))
    (then (return (i32.const 0))))
  (i32.shr_u (i32.sub (local.get $code) (i32.const 261)) (i32.const 2)))

;; The code of a distance - 1: two codes to each power of two.
(func $distance_code (param $distance i32) (result i32)
  (local $extra i32)
  (if (i32.lt_u (local.get $distance) (i32.const 4)) (then (return (local.get $distance))))
  (local.set $extra (i32.sub (i32.const 30) (i32.clz (local.get $distance))))
  (i32.add (i32.add (i32.const 2) (i32.shl (local.get $extra) (i32.const 1)))
    (i32.and (i32.shr_u (local.get $distance) (local.get $extra)) (i32.const 1))))

(func $distance_extra_bits (param $code i32) (result i32)
  (if (i32.lt_u (local.get $code) (i32.const 4)) (then (return (i32.const 0))))
  (i32.sub (i32.shr_u (local.get $code) (i32.const 1)) (i32.const 1)))

;; --- finding matches ---

;; Matches may look past the end.
(func $deflate_byte (param $at i32) (result i32)
  (return_call $byte_or_zero (global.get $zip_bytes) (local.get $at)))

;; The running hash with the byte at that position.
(func $deflate_hash_at (param $at i32) (result i32)
  (i32.and (i32.const 0x7FFF)
    (i32.xor (i32.shl (global.get $deflate_hash) (i32.const 5)) (call $deflate_byte (local.get $at)))))

(func $deflate_insert (param $here i32)
  (global.set $deflate_hash (call $deflate_hash_at (i32.add (local.get $here) (i32.const 2))))
  (array.set $Words (global.get $deflate_tails) (i32.and (local.get $here) (i32.const 0x7FFF))
    (array.get $Words (global.get $deflate_heads) (global.get $deflate_hash)))
  (array.set $Words (global.get $deflate_heads) (global.get $deflate_hash) (local.get $here)))

(func $deflate_same (param $a i32) (param $b i32) (param $offset i32) (result i32)
  (i32.eq (call $deflate_byte (i32.add (local.get $a) (local.get $offset)))
    (call $deflate_byte (i32.add (local.get $b) (local.get $offset)))))

;; How many bytes are the same from both positions on, if that can be more than least.
(func $match_length (param $here i32) (param $there i32) (param $least i32) (result i32)
  (local $length i32)
  (if (i32.eqz (call $deflate_same (local.get $here) (local.get $there) (local.get $least)))
    (then (return (i32.const 0))))
  (if (i32.eqz (call $deflate_same (local.get $here) (local.get $there) (i32.sub (local.get $least) (i32.const 1))))
    (then (return (i32.const 0))))
  (loop $next
    (if (call $deflate_same (local.get $here) (local.get $there) (local.get $length))
      (then (br_if $next (i32.lt_u
        (local.tee $length (i32.add (local.get $length) (i32.const 1))) (i32.const 258))))))
  (local.get $length))

;; The best match for here, longer than the last one, as length << 16 | position; the last one if there is none.
(func $find_match (param $here i32) (param $bestLength i32) (param $best i32) (param $chain i32)
  (param $good i32) (result i32)
  (local $there i32) (local $length i32) (local $limit i32)
  (local.set $best (i32.or (i32.shl (local.get $bestLength) (i32.const 16)) (local.get $best)))
  (if (i32.ge_s (local.get $bestLength) (i32.const 258)) (then (return (local.get $best))))
  (local.set $there (array.get $Words (global.get $deflate_heads)
    (call $deflate_hash_at (i32.add (local.get $here) (i32.const 2)))))
  (if (i32.ge_u (i32.sub (i32.sub (local.get $here) (local.get $there)) (i32.const 1)) (i32.const 0x7FFF))
    (then (return (local.get $best))))
  (if (i32.gt_s (local.get $here) (i32.const 0x8000))
    (then (local.set $limit (i32.sub (local.get $here) (i32.const 0x8000)))))
  (loop $next
    (local.set $length (call $match_length (local.get $here) (local.get $there) (local.get $bestLength)))
    (if (i32.gt_s (i32.add (local.get $here) (local.get $length)) (global.get $deflate_end))
      (then (local.set $length (i32.sub (global.get $deflate_end) (local.get $here)))))
    ;; The shortest matches do not pay when they are far away.
    (if (i32.and (i32.eq (local.get $length) (i32.const 3))
          (i32.gt_s (i32.sub (local.get $here) (local.get $there)) (i32.const 0x2000)))
      (then (local.set $length (i32.const 2))))
    (if (i32.gt_s (local.get $length) (local.get $bestLength))
      (then
        (local.set $best (i32.or (i32.shl (local.get $length) (i32.const 16)) (local.get $there)))
        (local.set $bestLength (local.get $length))
        (if (i32.or (i32.ge_s (local.get $length) (i32.const 258)) (i32.gt_s (local.get $length) (local.get $good)))
          (then (return (local.get $best))))))
    (if (i32.le_s (local.tee $chain (i32.sub (local.get $chain) (i32.const 1))) (i32.const 0))
      (then (return (local.get $best))))
    (local.set $there (array.get $Words (global.get $deflate_tails) (i32.and (local.get $there) (i32.const 0x7FFF))))
    (br_if $next (i32.and
      (i32.gt_s (local.get $there) (local.get $limit)) (i32.lt_s (local.get $there) (local.get $here)))))
  (local.get $best))

(func $count_up (param $counts (ref $Words)) (param $index i32)
  (array.set $Words (local.get $counts) (local.get $index)
    (i32.add (array.get $Words (local.get $counts) (local.get $index)) (i32.const 1))))

;; Notes a literal (distance 0) or a match; answers whether the block should end here.
(func $deflate_note (param $literal i32) (param $distance i32) (result i32)
  (array.set $Bytes (global.get $deflate_literals) (global.get $deflate_count) (local.get $literal))
  (array.set $Words (global.get $deflate_distances) (global.get $deflate_count) (local.get $distance))
  (global.set $deflate_count (i32.add (global.get $deflate_count) (i32.const 1)))
  (if (local.get $distance)
    (then
      (call $count_up (global.get $deflate_literal_counts) (call $length_code (local.get $literal)))
      (call $count_up (global.get $deflate_distance_counts)
        (call $distance_code (i32.sub (local.get $distance) (i32.const 1))))
      (global.set $deflate_matches (i32.add (global.get $deflate_matches) (i32.const 1))))
    (else (call $count_up (global.get $deflate_literal_counts) (local.get $literal))))
  (call $deflate_should_flush))

;; When the room is used up; every 4096 entries also when literals have become rare among them, though not in random
;; data.
(func $deflate_should_flush (result i32)
  (local $literals i32)
  (if (i32.eq (global.get $deflate_count) (array.len (global.get $deflate_literals))) (then (return (i32.const 1))))
  (if (i32.and (global.get $deflate_count) (i32.const 0xFFF)) (then (return (i32.const 0))))
  (if (i32.le_s (i32.mul (global.get $deflate_matches) (i32.const 10)) (global.get $deflate_count))
    (then (return (i32.const 0))))
  (local.set $literals (i32.sub (global.get $deflate_count) (global.get $deflate_matches)))
  (if (i32.le_s (local.get $literals) (global.get $deflate_matches)) (then (return (i32.const 0))))
  (i32.le_s (i32.shl (local.get $literals) (i32.const 2)) (global.get $deflate_matches)))

;; Where $deflate_block stopped.
(global $deflate_at (mut i32) (i32.const 0))

;; From $deflate_at to last: takes a match unless the next position has a better one. Answers whether the block should
;; end.
(func $deflate_block (param $last i32) (param $chain i32) (param $good i32) (result i32)
  (local $here i32) (local $match i32) (local $next i32) (local $flush i32) (local $known i32) (local $end i32)
  (if (i32.gt_s (global.get $deflate_at) (local.get $last)) (then (return (i32.const 0))))
  (if (i32.ge_u (global.get $deflate_count) (array.len (global.get $deflate_literals))) (then (return (i32.const 1))))
  (local.set $here (global.get $deflate_at))
  (loop $again
    (if (i32.eqz (local.get $known))
      (then
        (local.set $match (call $find_match (local.get $here) (i32.const 2) (local.get $here) (local.get $chain)
            (local.get $good)))
        (call $deflate_insert (local.get $here))))
    (local.set $next (call $find_match (i32.add (local.get $here) (i32.const 1))
      (i32.shr_u (local.get $match) (i32.const 16)) (i32.and (local.get $match) (i32.const 0xFFFF))
      (local.get $chain) (local.get $good)))
    (local.set $known (i32.const 0))
    (if (i32.and
          (i32.ge_u (i32.shr_u (local.get $match) (i32.const 16)) (i32.shr_u (local.get $next) (i32.const 16)))
          (i32.ge_u (local.get $match) (i32.const 0x30000)))
      (then
        (local.set $flush (call $deflate_note (i32.sub (i32.shr_u (local.get $match) (i32.const 16)) (i32.const 3))
          (i32.sub (local.get $here) (i32.and (local.get $match) (i32.const 0xFFFF)))))
        (local.set $end (i32.add (local.get $here) (i32.shr_u (local.get $match) (i32.const 16))))
        (loop $insert
          (if (i32.lt_s (local.tee $here (i32.add (local.get $here) (i32.const 1))) (local.get $end))
            (then
              (call $deflate_insert (local.get $here))
              (br $insert)))))
      (else
        (local.set $flush (call $deflate_note (call $deflate_byte (local.get $here)) (i32.const 0)))
        (local.set $here (i32.add (local.get $here) (i32.const 1)))
        (if (i32.and (i32.le_s (local.get $here) (local.get $last)) (i32.eqz (local.get $flush)))
          (then
            (call $deflate_insert (local.get $here))
            (local.set $known (i32.const 1))
            (local.set $match (local.get $next))))))
    (br_if $again (i32.and (i32.le_s (local.get $here) (local.get $last)) (i32.eqz (local.get $flush)))))
  (global.set $deflate_at (local.get $here))
  (local.get $flush))

;; DeflateStream: collection, position; behind WriteStream's variables: heads, tails, hash, block position, block start,
;; literals, distances, counts of literal codes and distance codes, number of literals, number of matches.
(func $load_deflate_stream (param $receiver eqref) (param $base i32) (result i32)
  (drop (block $failed (result eqref)
    (global.set $zip_bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (call $slot_get (local.get $receiver) (i32.const 0)))))
    (global.set $deflate_end (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.const 1)))))
    (global.set $deflate_heads (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (call $slot_get (local.get $receiver) (local.get $base)))))
    (global.set $deflate_tails (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 1))))))
    (global.set $deflate_hash (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 2))))))
    (global.set $deflate_at (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 3))))))
    (global.set $deflate_literals (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 5))))))
    (global.set $deflate_distances (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 6))))))
    (global.set $deflate_literal_counts (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 7))))))
    (global.set $deflate_distance_counts (struct.get $WordObject $words (br_on_cast_fail $failed eqref
          (ref $WordObject) (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 8))))))
    (global.set $deflate_count (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 9))))))
    (global.set $deflate_matches (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 10))))))
    (return (i32.and
      (i32.and
        (i32.and (i32.eq (array.len (global.get $deflate_heads)) (i32.const 0x8000))
          (i32.eq (array.len (global.get $deflate_tails)) (i32.const 0x8000)))
        (i32.and (i32.eq (array.len (global.get $deflate_literal_counts)) (i32.const 286))
          (i32.eq (array.len (global.get $deflate_distance_counts)) (i32.const 30))))
      (i32.and
        (i32.and (i32.ge_u (array.len (global.get $deflate_distances)) (array.len (global.get $deflate_literals)))
          (i32.ge_s (global.get $deflate_at) (i32.const 0)))
        (i32.ge_s (global.get $deflate_count) (i32.const 0)))))))
  (i32.const 0))

(func $primitive_ZipPlugin_primitiveDeflateBlock (param $receiver eqref) (param $lastIndex eqref)
  (param $chainLength eqref) (param $goodMatch eqref) (param $depth i32) (result eqref)
  (local $base i32) (local $last i32) (local $chain i32) (local $good i32) (local $flush i32)
  (drop (block $failed (result eqref)
    (local.set $last (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $lastIndex))))
    (local.set $chain (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $chainLength))))
    (local.set $good (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $goodMatch))))
    (local.set $base (call $zip_base (local.get $receiver) (i32.const 7)))
    (if (i32.lt_s (local.get $base) (i32.const 3)) (then (return (global.get $failed))))
    (if (i32.eqz (call $load_deflate_stream (local.get $receiver) (local.get $base)))
      (then (return (global.get $failed))))
    ;; Match positions are kept in 16 bits.
    (if (i32.or (i32.ge_s (local.get $last) (array.len (global.get $zip_bytes)))
        (i32.gt_s (local.get $last) (i32.const 0xFFFE)))
      (then (return (global.get $failed))))
    (local.set $flush (call $deflate_block (local.get $last) (local.get $chain) (local.get $good)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 2))
      (ref.i31 (global.get $deflate_hash)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 3)) (ref.i31 (global.get $deflate_at)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 9))
      (ref.i31 (global.get $deflate_count)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 10))
      (ref.i31 (global.get $deflate_matches)))
    (return (call $as_bool (local.get $flush)))))
  (global.get $failed))

;; After the data has been moved down by delta: positions before that are forgotten.
(func $primitive_ZipPlugin_primitiveDeflateUpdateHashTable (param $receiver eqref) (param $table eqref)
  (param $delta eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $moved i32) (local $index i32) (local $entry i32)
  (drop (block $failed (result eqref)
    (local.set $moved (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $delta))))
    (local.set $words (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $table))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
        (local.set $entry (i32.sub (array.get $Words (local.get $words) (local.get $index)) (local.get $moved)))
        (array.set $Words (local.get $words) (local.get $index)
          (select (local.get $entry) (i32.const 0) (i32.ge_s (local.get $entry) (i32.const 0))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $next)))
    (return (local.get $receiver))))
  (global.get $failed))
