;; How open files look to Smalltalk: a ByteArray of 12 bytes, as a virtual machine's file record is one:
;; 0 "file", 4 the session, 8 the host's handle. Handles kept in a saved image are of another session and stale.

(global $file_session (mut i32) (i32.const 0))
(global $file_mark i32 (i32.const 0x656C6966))

(func $session (result i32)
  (if (i32.eqz (global.get $file_session))
    (then (global.set $file_session (i32.or (call $host_random_seed) (i32.const 1)))))
  (global.get $file_session))

(func $new_file_handle (param $handle i32) (result eqref)
  (local $bytes (ref $Bytes))
  (local.set $bytes (array.new_default $Bytes (i32.const 12)))
  (call $put_word (local.get $bytes) (i32.const 0) (global.get $file_mark))
  (call $put_word (local.get $bytes) (i32.const 4) (call $session))
  (call $put_word (local.get $bytes) (i32.const 8) (local.get $handle))
  (struct.new $ByteObject (global.get $class_index_byte_array) (i32.const 0) (local.get $bytes)))

;; The host's handle, -1 for anything else.
(func $file_handle (param $value eqref) (result i32)
  (local $bytes (ref $Bytes))
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (if (i32.ne (array.len (local.get $bytes)) (i32.const 12)) (then (return (i32.const -1))))
    (if (i32.ne (call $word_at (local.get $bytes) (i32.const 0)) (global.get $file_mark)) (then (return (i32.const -1))))
    (if (i32.ne (call $word_at (local.get $bytes) (i32.const 4)) (call $session)) (then (return (i32.const -1))))
    (return_call $word_at (local.get $bytes) (i32.const 8)))
  (drop)
  (i32.const -1))

;; What the host answers as f64 becomes an Integer; negative: the primitive fails.
(func $position_or_failed (param $position f64) (result eqref)
  (if (f64.lt (local.get $position) (f64.const 0)) (then (return (global.get $failed))))
  (return_call $integer_of_i64 (i64.trunc_sat_f64_s (local.get $position))))

;; The receiver, when the host says 0.
(func $receiver_or_failed (param $receiver eqref) (param $code i32) (result eqref)
  (select (result eqref) (global.get $failed) (local.get $receiver) (local.get $code)))

;; --- contents of bytes and words objects in the transfer area ---

;; 1 for bytes, 4 for words, 0 for what cannot be read from or written to files.
(func $transfer_element_size (param $value eqref) (result i32)
  (if (ref.test (ref $ByteObject) (local.get $value)) (then (return (i32.const 1))))
  (i32.shl (ref.test (ref $WordObject) (local.get $value)) (i32.const 2)))

(func $transfer_element_count (param $value eqref) (result i32)
  (block $other (result eqref)
    (return (array.len (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))))
  (drop)
  (array.len (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $value)))))

;; Copies $count elements from $start on to offset 0 of the memory.
(func $elements_to_memory (param $value eqref) (param $start i32) (param $count i32)
  (local $words (ref $Words)) (local $bytes (ref $Bytes)) (local $i i32)
  (if (i32.eqz (local.get $count)) (then (return)))
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (loop $next
      (i32.store8 (local.get $i) (array.get_u $Bytes (local.get $bytes) (i32.add (local.get $start) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $count))))
    (return))
  (drop)
  (local.set $words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $value))))
  (loop $next
    (i32.store (i32.shl (local.get $i) (i32.const 2))
      (array.get $Words (local.get $words) (i32.add (local.get $start) (local.get $i))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $i) (local.get $count)))))

;; Copies $count elements from offset 0 of the memory to $start on.
(func $elements_from_memory (param $value eqref) (param $start i32) (param $count i32)
  (local $words (ref $Words)) (local $bytes (ref $Bytes)) (local $i i32)
  (if (i32.eqz (local.get $count)) (then (return)))
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (loop $next
      (array.set $Bytes (local.get $bytes) (i32.add (local.get $start) (local.get $i)) (i32.load8_u (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $i) (local.get $count))))
    (return))
  (drop)
  (local.set $words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $value))))
  (loop $next
    (array.set $Words (local.get $words) (i32.add (local.get $start) (local.get $i))
      (i32.load (i32.shl (local.get $i) (i32.const 2))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $i) (local.get $count)))))
