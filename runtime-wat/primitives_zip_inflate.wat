;; ZipPlugin, reading: one block of an InflateStream, and the checksums. The stream's state is in its instance
;; variables, behind those of the stream classes above it.

(global $zip_bytes (mut (ref $Bytes)) (global.get $empty_bytes))       ;; what is unpacked or packed
(global $zip_source (mut (ref $Bytes)) (global.get $empty_bytes))
(global $zip_source_at (mut i32) (i32.const 0))                        ;; the next byte to read
(global $zip_bits (mut i32) (i32.const 0))
(global $zip_bit_count (mut i32) (i32.const 0))
;; The data or tables make no sense, or the source is used up.
(global $zip_broken (mut i32) (i32.const 0))

;; The instance size of the first class of the object's with fewer than limit instance variables; -1 if there is none.
(func $zip_base (param $object eqref) (param $limit i32) (result i32)
  (local $class eqref) (local $size i32)
  (local.set $class (call $class_of (local.get $object)))
  (loop $next
    (if (ref.is_null (local.get $class)) (then (return (i32.const -1))))
    (local.set $size (i32.and (call $instance_spec (local.get $class)) (i32.const 0xFFFF)))
    (if (i32.ge_s (local.get $size) (local.get $limit))
      (then
        (local.set $class (call $slot_get (local.get $class) (i32.const 0)))
        (br $next))))
  (local.get $size))

(func $zip_next_bits (param $count i32) (result i32)
  (local $answer i32)
  (block $enough
    (loop $next
      (br_if $enough (i32.ge_u (global.get $zip_bit_count) (local.get $count)))
      (if (i32.ge_u (global.get $zip_source_at) (array.len (global.get $zip_source)))
        (then
          (global.set $zip_broken (i32.const 1))
          (return (i32.const 0))))
      (global.set $zip_bits (i32.or (global.get $zip_bits)
        (i32.shl (array.get_u $Bytes (global.get $zip_source) (global.get $zip_source_at))
          (global.get $zip_bit_count))))
      (global.set $zip_source_at (i32.add (global.get $zip_source_at) (i32.const 1)))
      (global.set $zip_bit_count (i32.add (global.get $zip_bit_count) (i32.const 8)))
      (br $next)))
  (local.set $answer (i32.and (global.get $zip_bits)
      (i32.sub (i32.shl (i32.const 1) (local.get $count)) (i32.const 1))))
  (global.set $zip_bits (i32.shr_u (global.get $zip_bits) (local.get $count)))
  (global.set $zip_bit_count (i32.sub (global.get $zip_bit_count) (local.get $count)))
  (local.get $answer))

;; The next value by a Huffman table: the first entry says how many bits to look up first; an entry with bits 24-29
;; leads to a subtable.
(func $zip_next_value (param $table (ref $Words)) (result i32)
  (local $count i32) (local $start i32) (local $index i32) (local $entry i32)
  (local.set $entry (array.get $Words (local.get $table) (i32.const 0)))
  (local.set $start (i32.const 2))
  (loop $deeper
    (local.set $count (i32.and (i32.shr_u (local.get $entry) (i32.const 24)) (i32.const 255)))
    (if (i32.gt_u (local.get $count) (i32.const 16))
      (then
        (global.set $zip_broken (i32.const 1))
        (return (i32.const 0))))
    (local.set $index (i32.sub (i32.add (local.get $start) (call $zip_next_bits (local.get $count))) (i32.const 1)))
    (if (i32.ge_u (local.get $index) (array.len (local.get $table)))
      (then
        (global.set $zip_broken (i32.const 1))
        (return (i32.const 0))))
    (local.set $entry (array.get $Words (local.get $table) (local.get $index)))
    (local.set $start (i32.and (local.get $entry) (i32.const 0xFFFF)))
    (br_if $deeper (i32.and (local.get $entry) (i32.const 0x3F000000))))
  (local.get $entry))

;; A table entry's value plus its extra bits, of which there are (entry >> 16) - less.
(func $zip_with_extra (param $entry i32) (param $less i32) (result i32)
  (local $extra i32)
  (local.set $extra (i32.sub (i32.shr_u (local.get $entry) (i32.const 16)) (local.get $less)))
  (if (i32.le_s (local.get $extra) (i32.const 0)) (then (return (i32.and (local.get $entry) (i32.const 0xFFFF)))))
  (if (i32.gt_s (local.get $extra) (i32.const 16)) (then (global.set $zip_broken (i32.const 1)) (return (i32.const 0))))
  (i32.add (i32.and (local.get $entry) (i32.const 0xFFFF)) (call $zip_next_bits (local.get $extra))))

;; Unpacks into $zip_bytes behind the first size bytes, until the block or the room ends. Answers the new size; ~size at
;; the end of the block.
(func $zip_inflate (param $size i32) (param $sourceLimit i32) (param $literals (ref $Words))
  (param $distances (ref $Words)) (result i32)
  (local $value i32) (local $distance i32) (local $oldBits i32) (local $oldCount i32) (local $oldAt i32)
    (local $room i32)
  (local.set $room (array.len (global.get $zip_bytes)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_s (local.get $size) (local.get $room)))
      (br_if $done (i32.gt_s (global.get $zip_source_at) (local.get $sourceLimit)))
      (local.set $oldBits (global.get $zip_bits))
      (local.set $oldCount (global.get $zip_bit_count))
      (local.set $oldAt (global.get $zip_source_at))
      (local.set $value (call $zip_next_value (local.get $literals)))
      (br_if $done (global.get $zip_broken))
      (if (i32.lt_u (local.get $value) (i32.const 256))
        (then
          (array.set $Bytes (global.get $zip_bytes) (local.get $size) (local.get $value))
          (local.set $size (i32.add (local.get $size) (i32.const 1)))
          (br $next)))
      (if (i32.eq (local.get $value) (i32.const 256)) (then (return (i32.xor (local.get $size) (i32.const -1)))))
      (local.set $value (call $zip_with_extra (local.get $value) (i32.const 1)))
      (local.set $distance (call $zip_with_extra (call $zip_next_value (local.get $distances)) (i32.const 0)))
      (if (i32.gt_u (local.get $distance) (local.get $size)) (then (global.set $zip_broken (i32.const 1))))
      (br_if $done (global.get $zip_broken))
      ;; No room for the whole match: take it back.
      (if (i32.ge_s (i32.add (local.get $size) (local.get $value)) (local.get $room))
        (then
          (global.set $zip_bits (local.get $oldBits))
          (global.set $zip_bit_count (local.get $oldCount))
          (global.set $zip_source_at (local.get $oldAt))
          (return (local.get $size))))
      (call $zip_repeat (local.get $size) (local.get $distance) (local.get $value))
      (local.set $size (i32.add (local.get $size) (local.get $value)))
      (br $next)))
  (local.get $size))

;; Copies count bytes from distance before to, one after the other: the regions may overlap.
(func $zip_repeat (param $to i32) (param $distance i32) (param $count i32)
  (if (i32.ge_u (local.get $distance) (local.get $count))
    (then
      (array.copy $Bytes $Bytes (global.get $zip_bytes) (local.get $to)
        (global.get $zip_bytes) (i32.sub (local.get $to) (local.get $distance)) (local.get $count))
      (return)))
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $count)))
      (array.set $Bytes (global.get $zip_bytes) (local.get $to)
        (array.get_u $Bytes (global.get $zip_bytes) (i32.sub (local.get $to) (local.get $distance))))
      (local.set $to (i32.add (local.get $to) (i32.const 1)))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next))))

;; InflateStream: collection, position, readLimit; then state, bits, bit count, source, its position (of the next byte,
;; from 0) and limit.
(func $primitive_ZipPlugin_primitiveInflateDecompressBlock (param $receiver eqref) (param $literalTable eqref)
  (param $distanceTable eqref) (param $depth i32) (result eqref)
  (local $base i32) (local $size i32) (local $state i32) (local $limit i32)
  (drop (block $failed (result eqref)
    (local.set $base (call $zip_base (local.get $receiver) (i32.const 13)))
    (if (i32.lt_s (local.get $base) (i32.const 3)) (then (return (global.get $failed))))
    (local.set $size (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.const 2)))))
    (local.set $state (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (local.get $base)))))
    (global.set $zip_bits (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 1))))))
    (global.set $zip_bit_count (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 2))))))
    (global.set $zip_source_at (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 4))))))
    (local.set $limit (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 5))))))
    (global.set $zip_bytes (struct.get $ByteObject $bytes
        (br_on_cast_fail $failed eqref (ref $ByteObject) (call $slot_get (local.get $receiver) (i32.const 0)))))
    (global.set $zip_source (struct.get $ByteObject $bytes (br_on_cast_fail $failed eqref (ref $ByteObject)
          (call $slot_get (local.get $receiver) (i32.add (local.get $base) (i32.const 3))))))
    (global.set $zip_broken (i32.or (i32.lt_s (local.get $size) (i32.const 0))
        (i32.lt_s (global.get $zip_source_at) (i32.const 0))))
    (if (global.get $zip_broken) (then (return (global.get $failed))))
    (local.set $size (call $zip_inflate (local.get $size) (local.get $limit)
      (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $literalTable)))
      (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $distanceTable)))))
    (if (global.get $zip_broken) (then (return (global.get $failed))))
    (if (i32.lt_s (local.get $size) (i32.const 0))
      (then
        (local.set $size (i32.xor (local.get $size) (i32.const -1)))
        (local.set $state (i32.and (local.get $state) (i32.const 1)))))
    (call $slot_put (local.get $receiver) (i32.const 2) (ref.i31 (local.get $size)))
    (call $slot_put (local.get $receiver) (local.get $base) (ref.i31 (local.get $state)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 1)) (ref.i31 (global.get $zip_bits)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 2))
      (ref.i31 (global.get $zip_bit_count)))
    (call $slot_put (local.get $receiver) (i32.add (local.get $base) (i32.const 4))
      (ref.i31 (global.get $zip_source_at)))
    (return (local.get $receiver))))
  (global.get $failed))
