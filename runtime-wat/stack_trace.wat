;; A Smalltalk stack trace as text, for people: "Class>>selector" and pc, youngest activation first. The host asks for it
;; when an image is stuck or a run is to be explained. Only Contexts are seen: frames that are still native are not.

(global $trace_end (mut i32) (i32.const 0))         ;; where the text in the transfer area ends so far

;; Writes at most $limit lines into the transfer area; answers the length of the text.
(func $stack_trace (export "stackTrace") (param $limit i32) (result i32)
  (local $context eqref)
  (global.set $trace_end (i32.const 0))
  (local.set $context (global.get $active_context))
  (block $done (result eqref)
    (loop $next (result eqref)
      (drop (br_if $done (ref.null eq) (i32.eqz (local.get $limit))))
      (local.set $limit (i32.sub (local.get $limit) (i32.const 1)))
      (drop (br_on_cast_fail $done eqref (ref $Context) (local.get $context)))
      (call $trace_line (ref.cast (ref $Context) (local.get $context)))
      (local.set $context (struct.get $Context $sender (ref.cast (ref $Context) (local.get $context))))
      (br $next)))
  (drop)
  (global.get $trace_end))

(func $trace_line (param $context (ref $Context))
  (if (ref.test (ref $BlockClosure) (struct.get $Context $closure (local.get $context)))
    (then (call $trace_byte (i32.const 91)) (call $trace_byte (i32.const 93)) (call $trace_byte (i32.const 32))))
  (call $trace_method (struct.get $Context $method (local.get $context)))
  (call $trace_byte (i32.const 32))
  (call $trace_number (struct.get $Context $pc (local.get $context)))
  (call $trace_byte (i32.const 10)))

(func $trace_method (param $method (ref $CompiledMethod))
  (local $literals (ref $Slots)) (local $count i32)
  (local.set $literals (struct.get $CompiledMethod $literals (call $home_method (local.get $method))))
  (local.set $count (array.len (local.get $literals)))
  (if (i32.lt_u (local.get $count) (i32.const 2)) (then (call $trace_byte (i32.const 63)) (return)))
  (call $trace_class (call $slot_get
    (array.get $Slots (local.get $literals) (i32.sub (local.get $count) (i32.const 1))) (i32.const 1)))
  (call $trace_byte (i32.const 62))
  (call $trace_byte (i32.const 62))
  (call $trace_selector (array.get $Slots (local.get $literals) (i32.sub (local.get $count) (i32.const 2)))))

;; The selector itself, or an AdditionalMethodState that has it as its second slot.
(func $trace_selector (param $selector eqref)
  (if (ref.test (ref $ByteObject) (local.get $selector)) (then (return_call $trace_string (local.get $selector))))
  (return_call $trace_string (call $slot_get (local.get $selector) (i32.const 1))))

;; Class: slot 6 is the name. Metaclass: slot 5 is its sole instance.
(func $trace_class (param $class eqref)
  (local $name eqref)
  (local.set $name (call $slot_get (local.get $class) (i32.const 6)))
  (if (ref.test (ref $ByteObject) (local.get $name)) (then (return_call $trace_string (local.get $name))))
  (call $trace_string (call $slot_get (call $slot_get (local.get $class) (i32.const 5)) (i32.const 6)))
  (call $trace_byte (i32.const 32))
  (call $trace_byte (i32.const 99))
  (call $trace_byte (i32.const 108))
  (call $trace_byte (i32.const 97))
  (call $trace_byte (i32.const 115))
  (call $trace_byte (i32.const 115)))

(func $trace_string (param $string eqref)
  (local $bytes (ref $Bytes)) (local $index i32)
  (if (i32.eqz (ref.test (ref $ByteObject) (local.get $string))) (then (return_call $trace_byte (i32.const 63))))
  (local.set $bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $string))))
  (loop $next
    (if (i32.ge_u (local.get $index) (array.len (local.get $bytes))) (then (return)))
    (call $trace_byte (array.get_u $Bytes (local.get $bytes) (local.get $index)))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br $next)))

(func $trace_number (param $number i32)
  (if (i32.lt_s (local.get $number) (i32.const 0))
    (then
      (call $trace_byte (i32.const 45))
      (return_call $trace_number (i32.sub (i32.const 0) (local.get $number)))))
  (if (i32.ge_u (local.get $number) (i32.const 10))
    (then (call $trace_number (i32.div_u (local.get $number) (i32.const 10)))))
  (call $trace_byte (i32.add (i32.const 48) (i32.rem_u (local.get $number) (i32.const 10)))))

(func $trace_byte (param $byte i32)
  (if (i32.ge_u (global.get $trace_end) (i32.const 65536)) (then (return)))
  (i32.store8 (global.get $trace_end) (local.get $byte))
  (global.set $trace_end (i32.add (global.get $trace_end) (i32.const 1))))
