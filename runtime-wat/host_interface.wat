;; Exports that only the host's reports use.

;; Writes "Module_name" of each implemented named primitive, each followed by a zero byte; answers the length.
(func $write_named_primitives (export "namedPrimitives") (param $pointer i32) (result i32)
  (memory.init $named_primitive_names (local.get $pointer) (i32.const 0) (global.get $named_primitive_names_size))
  (global.get $named_primitive_names_size))
