;; Counts of primitives by table index, kept when the host asked for statistics; numbered ones have their own number, named
;; ones 1024 + index.

(global $primitive_calls (ref $Words) (array.new $Words (i32.const 0) (i32.const 2048)))
(global $primitive_failures (ref $Words) (array.new $Words (i32.const 0) (i32.const 2048)))
(global $missing_calls (ref $Words) (array.new $Words (i32.const 0) (i32.const 1024)))
;; Methods whose named primitive is missing; their count is in $missing_counts at the same index.
(global $missing_methods (mut (ref $Methods)) (array.new_default $Methods (i32.const 64)))
(global $missing_counts (mut (ref $Words)) (array.new $Words (i32.const 0) (i32.const 64)))
(global $missing_size (mut i32) (i32.const 0))

(func $add_one (param $counts (ref $Words)) (param $index i32)
  (array.set $Words (local.get $counts) (local.get $index)
    (i32.add (i32.const 1) (array.get $Words (local.get $counts) (local.get $index)))))

(func $note_call (param $index i32) (param $result eqref)
  (call $add_one (global.get $primitive_calls) (local.get $index))
  (if (ref.eq (local.get $result) (global.get $failed))
    (then (call $add_one (global.get $primitive_failures) (local.get $index)))))

(func $note_missing (param $method (ref $CompiledMethod)) (param $index i32)
  (local $number i32)
  (if (i32.eqz (global.get $counting)) (then (return)))
  (local.set $number (struct.get $CompiledMethod $primitive (local.get $method)))
  (if (i32.eq (local.get $number) (i32.const 117))
    (then (return_call $note_missing_named (local.get $method))))
  (if (i32.lt_u (local.get $number) (i32.const 1024))
    (then (call $add_one (global.get $missing_calls) (local.get $number)))))

(func $note_missing_named (param $method (ref $CompiledMethod))
  (local $i i32)
  (loop $next
    (if (i32.lt_u (local.get $i) (global.get $missing_size))
      (then
        (if (ref.eq (array.get $Methods (global.get $missing_methods) (local.get $i)) (local.get $method))
          (then (return_call $add_one (global.get $missing_counts) (local.get $i))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next))))
  (if (i32.ge_u (local.get $i) (array.len (global.get $missing_methods))) (then (return)))
  (array.set $Methods (global.get $missing_methods) (local.get $i) (local.get $method))
  (array.set $Words (global.get $missing_counts) (local.get $i) (i32.const 1))
  (global.set $missing_size (i32.add (local.get $i) (i32.const 1))))

;; A translated method whose primitive is missing is about to run its own code.
(func $count_missing (param $methodId i32)
  (return_call $note_missing
    (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $methodId))) (i32.const 0)))

;; --- for the host ---

(func $calls_of_primitive (export "primitiveCalls") (param $index i32) (result i32)
  (array.get $Words (global.get $primitive_calls) (local.get $index)))

(func $failures_of_primitive (export "primitiveFailures") (param $index i32) (result i32)
  (array.get $Words (global.get $primitive_failures) (local.get $index)))

(func $missing_primitive_count (export "missingPrimitiveCalls") (param $number i32) (result i32)
  (array.get $Words (global.get $missing_calls) (local.get $number)))

(func $missing_named_size (export "missingNamedPrimitives") (result i32)
  (global.get $missing_size))

(func $missing_named_count (export "missingNamedPrimitiveCalls") (param $index i32) (result i32)
  (array.get $Words (global.get $missing_counts) (local.get $index)))

;; Writes "module name" at the pointer; answers the length.
(func $missing_named_name (export "missingNamedPrimitiveName") (param $index i32) (param $pointer i32) (result i32)
  (local $specification (ref null $Slots)) (local $length i32)
  (local.set $specification (call $array_contents (array.get $Slots
    (struct.get $CompiledMethod $literals (array.get $Methods (global.get $missing_methods) (local.get $index)))
    (i32.const 0))))
  (if (ref.is_null (local.get $specification)) (then (return (i32.const 0))))
  (local.set $length (call $string_to_memory
    (array.get $Slots (local.get $specification) (i32.const 0)) (local.get $pointer) (i32.const 200)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (local.set $length (i32.const 0))))
  (i32.store8 (i32.add (local.get $pointer) (local.get $length)) (i32.const 32))
  (local.set $length (i32.add (local.get $length) (i32.const 1)))
  (i32.add (local.get $length) (call $string_to_memory (array.get $Slots (local.get $specification) (i32.const 1))
    (i32.add (local.get $pointer) (local.get $length)) (i32.const 200))))
