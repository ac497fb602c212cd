;; Primitives by name that ask for the clock, the working folder or the console of the platform.

;; --- clocks ---

;; A counter that only serves to be compared with itself: microseconds.
(func $primitive__primitiveHighResClock (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $integer_of_i64 (call $host_utc_microseconds)))

;; Between 1901 and 1970 lie 2177452800 seconds.
(func $unix_microseconds (result eqref)
  (return_call $integer_of_i64 (i64.sub (call $host_utc_microseconds) (i64.const 2177452800000000))))

;; An Array of the microseconds since 1970, UTC, and the seconds that local time is ahead
(func $primitive__primitiveUtcWithOffset_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $new_array_with (array.new_fixed $Slots 2
    (call $unix_microseconds) (ref.i31 (call $host_local_offset_seconds)))))

;; The same put into the first two slots of an object
(func $primitive__primitiveUtcWithOffset (param $receiver eqref) (param $pair eqref) (param $depth i32) (result eqref)
  (if (i32.lt_u (call $slot_count (local.get $pair)) (i32.const 2)) (then (return_call $fail_with (i32.const 3))))
  (call $slot_put (local.get $pair) (i32.const 0) (call $unix_microseconds))
  (call $slot_put (local.get $pair) (i32.const 1) (ref.i31 (call $host_local_offset_seconds)))
  (local.get $pair))

;; --- folders and the console ---

;; The folder of the image, without its name: there relative file names begin.
(func $primitive_UnixOSProcessPlugin_primitiveGetCurrentWorkingDirectory (param $receiver eqref) (param $depth i32)
    (result eqref)
  (local $length i32)
  (local.set $length (call $host_image_name (i32.const 0)))
  (loop $previous
    (if (i32.le_s (local.get $length) (i32.const 1)) (then (return_call $string_or_failed (local.get $length))))
    (local.set $length (i32.sub (local.get $length) (i32.const 1)))
    (br_if $previous (i32.ne (i32.load8_u (local.get $length)) (i32.const 0x2F))))
  (return_call $string_from_memory (i32.const 0) (local.get $length)))

;; A line on standard output: [level] text
(func $primitive_ConsolePlugin_primitiveLog:level: (param $receiver eqref) (param $text eqref) (param $level eqref)
    (param $depth i32) (result eqref)
  (local $length i32) (local $end i32)
  (local.set $length (call $string_to_memory (local.get $level) (i32.const 1) (i32.const 256)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (local.set $end (i32.add (local.get $length) (i32.const 3)))
  (i32.store8 (i32.const 0) (i32.const 0x5B))
  (i32.store16 (i32.sub (local.get $end) (i32.const 2)) (i32.const 0x205D))
  (local.set $length (call $string_to_memory (local.get $text) (local.get $end) (i32.const 16384)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (local.set $end (i32.add (local.get $end) (local.get $length)))
  (i32.store8 (local.get $end) (i32.const 10))
  (return_call $receiver_or_failed (local.get $receiver)
    (i32.lt_s (call $host_file_write (i32.const 1) (i32.const 0) (i32.add (local.get $end) (i32.const 1))) (i32.const 0))))
