;; What JavaScript uses to look into Smalltalk values and to make them (host/values.mjs). References cross as they are:
;; SmallIntegers as numbers, everything else opaque; the engine's collector sees both sides.

(export "primitiveFailed" (global $failed))
(global $string_root (mut eqref) (ref.null eq))         ;; the class that all kinds of Strings inherit from

;; 0 nil, 1 SmallInteger, 2 false, 3 true, 4 String or Symbol, 5 bytes, 6 Float, 7 other Integer, 8 Character, 9 foreign,
;; 10 Array, 11 BlockClosure, 12 wide String, 13 whatever else, 14 a String whose first slot holds UTF-8
(func $value_kind (export "valueKind") (param $value eqref) (result i32)
  (if (ref.is_null (local.get $value)) (then (return (i32.const 0))))
  (if (ref.test (ref i31) (local.get $value)) (then (return (i32.const 1))))
  (if (ref.eq (local.get $value) (global.get $false)) (then (return (i32.const 2))))
  (if (ref.eq (local.get $value) (global.get $true)) (then (return (i32.const 3))))
  (if (ref.test (ref $Float) (local.get $value)) (then (return (i32.const 6))))
  (if (i32.ge_s (call $code_point (local.get $value)) (i32.const 0)) (then (return (i32.const 8))))
  (if (ref.test (ref $Foreign) (local.get $value)) (then (return (i32.const 9))))
  (if (ref.test (ref $BlockClosure) (local.get $value)) (then (return (i32.const 11))))
  (if (call $is_other_integer (local.get $value)) (then (return (i32.const 7))))
  (if (i32.eq (call $class_index_of (local.get $value)) (global.get $class_index_array)) (then (return (i32.const 10))))
  (if (ref.test (ref $ByteObject) (local.get $value))
    (then (return (select (i32.const 4) (i32.const 5) (call $is_string (local.get $value))))))
  (if (ref.test (ref $WordObject) (local.get $value))
    (then (return (select (i32.const 12) (i32.const 13) (call $is_string (local.get $value))))))
  (select (i32.const 14) (i32.const 13) (call $is_unicode_string (local.get $value))))

(func $is_other_integer (param $value eqref) (result i32)
  (local $class i32)
  (drop (call $integer_value_i64 (local.get $value)))
  (if (global.get $integer_valid) (then (return (i32.const 1))))
  (local.set $class (call $class_index_of (local.get $value)))
  (i32.or (i32.eq (local.get $class) (global.get $class_index_large_positive))
    (i32.eq (local.get $class) (global.get $class_index_large_negative))))

;; Images with more than one kind of String have their common class above that of the VM's own.
(func $is_string (param $value eqref) (result i32)
  (local $above eqref)
  (if (ref.is_null (global.get $string_root))
    (then
      (global.set $string_root (call $class_at (global.get $class_index_string)))
      (local.set $above (call $slot_get (global.get $string_root) (i32.const 0)))
      (if (call $is_class_named_string (local.get $above)) (then (global.set $string_root (local.get $above))))))
  (return_call $inherits_from (call $class_of (local.get $value)) (global.get $string_root)))

(func $is_class_named_string (param $class eqref) (result i32)
  (i64.store (i32.const 0) (i64.const 0x676E69727453))      ;; "String"
  (return_call $has_bytes (call $slot_get (local.get $class) (i32.const 6)) (i32.const 0) (i32.const 6)))

;; Cuis 7 has its own class for texts beyond 8 bits: no bytes object, but one that holds a ByteArray.
(func $is_unicode_string (param $value eqref) (result i32)
  (local $class eqref)
  (if (i32.eqz (ref.test (ref $Fixed0) (local.get $value))) (then (return (i32.const 0))))
  (if (i32.ne (call $class_index_of (call $slot_get (local.get $value) (i32.const 0))) (global.get $class_index_byte_array))
    (then (return (i32.const 0))))
  (i64.store (i32.const 0) (i64.const 0x5365646F63696E55))      ;; "UnicodeString"
  (i64.store (i32.const 8) (i64.const 0x676E697274))
  (local.set $class (call $class_of (local.get $value)))
  (loop $up
    (if (ref.is_null (local.get $class)) (then (return (i32.const 0))))
    (if (call $has_bytes (call $slot_get (local.get $class) (i32.const 6)) (i32.const 0) (i32.const 13))
      (then (return (i32.const 1))))
    (local.set $class (call $slot_get (local.get $class) (i32.const 0)))
    (br $up))
  (unreachable))

;; Whether a bytes object is what stands in the transfer area.
(func $has_bytes (param $value eqref) (param $pointer i32) (param $length i32) (result i32)
  (local $bytes (ref $Bytes)) (local $i i32)
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (if (i32.ne (array.len (local.get $bytes)) (local.get $length)) (then (return (i32.const 0))))
    (loop $next
      (if (i32.ge_u (local.get $i) (local.get $length)) (then (return (i32.const 1))))
      (if (i32.ne (array.get_u $Bytes (local.get $bytes) (local.get $i))
            (i32.load8_u (i32.add (local.get $pointer) (local.get $i))))
        (then (return (i32.const 0))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (drop)
  (i32.const 0))

;; --- looking into values ---

;; Elements of an Array, bytes, words; arguments of a block.
(func $value_size (export "valueSize") (param $value eqref) (result i32)
  (block $no_block (result eqref)
    (return (struct.get $BlockClosure $numArgs (br_on_cast_fail $no_block eqref (ref $BlockClosure) (local.get $value)))))
  (drop)
  (if (call $transfer_element_size (local.get $value))
    (then (return_call $transfer_element_count (local.get $value))))
  (array.len (call $slots_of (local.get $value))))

(func $value_element (export "valueElement") (param $value eqref) (param $index i32) (result eqref)
  (local $slots (ref $Slots))
  (local.set $slots (call $slots_of (local.get $value)))
  (if (i32.ge_u (local.get $index) (array.len (local.get $slots))) (then (return (ref.null eq))))
  (array.get $Slots (local.get $slots) (local.get $index)))

(func $value_set_element (export "valueSetElement") (param $value eqref) (param $index i32) (param $element eqref)
  (local $slots (ref $Slots))
  (local.set $slots (call $slots_of (local.get $value)))
  (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
    (then (array.set $Slots (local.get $slots) (local.get $index) (local.get $element)))))

;; Bytes or words to the transfer area and back, from element $start on.
(func $value_to_memory (export "valueToMemory") (param $value eqref) (param $start i32) (param $count i32)
  (return_call $elements_to_memory (local.get $value) (local.get $start) (local.get $count)))

(func $value_from_memory (export "valueFromMemory") (param $value eqref) (param $start i32) (param $count i32)
  (return_call $elements_from_memory (local.get $value) (local.get $start) (local.get $count)))

(func $float_value_of (export "valueFloat") (param $value eqref) (result f64)
  (struct.get $Float $value (ref.cast (ref $Float) (local.get $value))))

(func $code_point_of (export "valueCodePoint") (param $value eqref) (result i32)
  (return_call $code_point (local.get $value)))

(func $foreign_value (export "foreignValue") (param $value eqref) (result externref)
  (struct.get $Foreign $value (ref.cast (ref $Foreign) (local.get $value))))

(func $is_negative_large (export "isNegative") (param $value eqref) (result i32)
  (i32.eq (call $class_index_of (local.get $value)) (global.get $class_index_large_negative)))

;; The UTF-8 of a String of kind 14.
(func $unicode_bytes (export "unicodeBytes") (param $value eqref) (result eqref)
  (return_call $slot_get (local.get $value) (i32.const 0)))

;; --- making values ---

(func $make_boolean (export "makeBoolean") (param $value i32) (result eqref)
  (return_call $as_bool (local.get $value)))

(func $make_float (export "makeFloat") (param $value f64) (result eqref)
  (return_call $new_float (local.get $value)))

(func $make_integer (export "makeInteger") (param $value i64) (result eqref)
  (return_call $integer_of_i64 (local.get $value)))

(func $make_array (export "makeArray") (param $size i32) (result eqref)
  (return_call $new_array (local.get $size)))

;; 0 String, 1 ByteArray, 2 LargePositiveInteger, 3 LargeNegativeInteger
(func $make_bytes (export "makeBytes") (param $kind i32) (param $size i32) (result eqref)
  (local $class i32)
  (local.set $class (global.get $class_index_string))
  (if (i32.eq (local.get $kind) (i32.const 1)) (then (local.set $class (global.get $class_index_byte_array))))
  (if (i32.eq (local.get $kind) (i32.const 2)) (then (local.set $class (global.get $class_index_large_positive))))
  (if (i32.eq (local.get $kind) (i32.const 3)) (then (local.set $class (global.get $class_index_large_negative))))
  (return_call $new_bytes (local.get $class) (local.get $size)))

;; An instance of UnicodeString, which counts its characters when it has to.
(func $make_unicode (export "makeUnicode") (param $class eqref) (param $bytes eqref) (result eqref)
  (local $string eqref)
  (local.set $string (call $new_instance (local.get $class) (i32.const 0)))
  (call $slot_put (local.get $string) (i32.const 0) (local.get $bytes))
  (local.get $string))

(func $make_foreign (export "makeForeign") (param $class eqref) (param $value externref) (result eqref)
  (local $object (ref $Foreign))
  (local.set $object (struct.new $Foreign (call $ensure_class_index (local.get $class)) (i32.const 0) (local.get $value)))
  (if (array.len (global.get $instance_lists)) (then (call $note_instance (local.get $object))))
  (local.get $object))

;; --- finding objects ---

;; The first class of that name in the class table; nil when there is none. A class without instances may be there only as
;; the sole instance of its metaclass.
(func $class_named (export "classNamed") (param $pointer i32) (param $length i32) (result eqref)
  (local $index i32) (local $class eqref)
  (loop $next
    (if (i32.ge_u (local.get $index) (global.get $class_table_size)) (then (return (ref.null eq))))
    (local.set $class (array.get $Slots (global.get $class_table) (local.get $index)))
    (if (call $has_bytes (call $slot_get (local.get $class) (i32.const 6)) (local.get $pointer) (local.get $length))
      (then (return (local.get $class))))
    (local.set $class (call $sole_instance (local.get $class)))
    (if (call $has_bytes (call $slot_get (local.get $class) (i32.const 6)) (local.get $pointer) (local.get $length))
      (then (return (local.get $class))))
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (br $next))
  (unreachable))

;; Of a metaclass; in old images it is one slot further.
(func $sole_instance (param $metaclass eqref) (result eqref)
  (local $class eqref)
  (local.set $class (call $slot_get (local.get $metaclass) (i32.const 6)))
  (if (ref.eq (call $class_of (local.get $class)) (local.get $metaclass)) (then (return (local.get $class))))
  (return_call $slot_get (local.get $metaclass) (i32.const 5)))

;; A Symbol that has been a selector before; nil when there is none.
(func $selector_named (export "selectorNamed") (param $pointer i32) (param $length i32) (result eqref)
  (local $id i32) (local $selector eqref)
  (loop $next
    (if (i32.ge_u (local.get $id) (global.get $selector_count)) (then (return (ref.null eq))))
    (local.set $selector (array.get $Slots (global.get $selectors) (local.get $id)))
    (if (call $has_bytes (local.get $selector) (local.get $pointer) (local.get $length))
      (then (return (local.get $selector))))
    (local.set $id (i32.add (local.get $id) (i32.const 1)))
    (br $next))
  (unreachable))

;; Smalltalk, the dictionary of globals
(func $system_dictionary (export "systemDictionary") (result eqref)
  (return_call $special_object (i32.const 8)))
