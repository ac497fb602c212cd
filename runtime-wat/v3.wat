;; Object memories from before Spur: what the words of a class, a method header and an identity hash mean there, and how
;; classes find their indices. $v3, a constant of the module, is 1 in these images.

;; A class's format word as Spur would have it: see $instance_spec.
(func $v3_instance_spec (param $format i32) (result i32)
  (local $named i32) (local $kind i32)
  (if (i32.lt_s (local.get $format) (i32.const 0)) (then (return (i32.const 0x70000))))
  (local.set $named (i32.or (i32.and (i32.shr_u (local.get $format) (i32.const 10)) (i32.const 0xC0))
    (i32.and (i32.shr_u (local.get $format) (i32.const 1)) (i32.const 0x3F))))
  ;; the header's own word counts
  (if (local.get $named) (then (local.set $named (i32.sub (local.get $named) (i32.const 1)))))
  (local.set $kind (i32.and (i32.shr_u (local.get $format) (i32.const 7)) (i32.const 15)))
  (if (i32.ge_u (local.get $kind) (i32.const 5))
    (then (local.set $kind (call $v3_bits_kind (local.get $kind)))))
  (i32.or (local.get $named) (i32.shl (local.get $kind) (i32.const 16))))

(func $v3_bits_kind (param $kind i32) (result i32)
  (if (i32.ge_u (local.get $kind) (i32.const 12)) (then (return (i32.const 24))))
  (if (i32.ge_u (local.get $kind) (i32.const 8)) (then (return (i32.const 16))))
  (select (i32.const 10) (i32.const 7) (i32.eq (local.get $kind) (i32.const 6))))

(func $literal_count (param $header i32) (result i32)
  (if (global.get $v3) (then (return (i32.and (i32.shr_u (local.get $header) (i32.const 9)) (i32.const 0xFF)))))
  (i32.and (local.get $header) (i32.const 0x7FFF)))

;; The primitive's number is in the method header, in two parts.
(func $v3_primitive (param $header i32) (result i32)
  (i32.or (i32.and (local.get $header) (i32.const 0x1FF))
    (i32.and (i32.shr_u (local.get $header) (i32.const 19)) (i32.const 0x200))))

;; --- class indices ---

;; A class's index is 4096 + its identity hash, which is what its hash field holds. Classes whose place another one has
;; are in chains by hash.
(global $v3_chains (mut (ref $Words)) (global.get $no_words))  ;; by hash: an index, 0 at the end
(global $v3_next (mut (ref $Words)) (global.get $no_words))    ;; by index: the next one

(func $v3_class_index (param $class (ref $Object)) (result i32)
  (local $hash i32) (local $index i32)
  (local.set $hash (call $identity_hash (local.get $class)))
  (local.set $index (i32.add (local.get $hash) (i32.const 4096)))
  (if (ref.is_null (array.get $Slots (global.get $class_table) (local.get $index)))
    (then (array.set $Slots (global.get $class_table) (local.get $index) (local.get $class))))
  (if (ref.eq (local.get $class) (array.get $Slots (global.get $class_table) (local.get $index)))
    (then (return (local.get $index))))
  (if (i32.eqz (array.len (global.get $v3_chains))) (then (call $v3_make_chains)))
  (local.set $index (array.get $Words (global.get $v3_chains) (local.get $hash)))
  (loop $next
    (if (local.get $index)
      (then
        (if (ref.eq (local.get $class) (array.get $Slots (global.get $class_table) (local.get $index)))
          (then (return (local.get $index))))
        (local.set $index (array.get $Words (global.get $v3_next) (local.get $index)))
        (br $next))))
  (local.set $index (call $new_class_index))
  (array.set $Slots (global.get $class_table) (local.get $index) (local.get $class))
  (call $v3_make_chains)
  (local.get $index))

(func $v3_make_chains
  (local $index i32)
  (global.set $v3_chains (array.new_default $Words (i32.const 4096)))
  (global.set $v3_next (array.new_default $Words (array.len (global.get $class_table))))
  (loop $next
    (local.set $index (i32.add (local.get $index) (i32.const 1)))
    (if (i32.lt_u (local.get $index) (global.get $class_table_size))
      (then
        (call $v3_chain (local.get $index))
        (br $next)))))

(func $v3_chain (param $index i32)
  (local $class eqref) (local $hash i32)
  (local.set $class (array.get $Slots (global.get $class_table) (local.get $index)))
  (if (ref.is_null (local.get $class)) (then (return)))
  (local.set $hash (call $identity_hash (local.get $class)))
  (if (i32.eq (local.get $index) (i32.add (local.get $hash) (i32.const 4096))) (then (return)))
  (array.set $Words (global.get $v3_next) (local.get $index)
    (array.get $Words (global.get $v3_chains) (local.get $hash)))
  (array.set $Words (global.get $v3_chains) (local.get $hash) (local.get $index)))

;; --- Characters: ordinary objects with a code point, those of bytes in a table of the image ---

(func $v3_character (param $codePoint i32) (result eqref)
  (local $character (ref $Object))
  (if (i32.lt_u (local.get $codePoint) (i32.const 256))
    (then (return_call $slot_get (call $special_object (i32.const 24)) (local.get $codePoint))))
  (local.set $character (call $new_fixed (i32.const 1) (global.get $class_index_character)))
  (call $slot_put (local.get $character) (i32.const 0) (ref.i31 (local.get $codePoint)))
  (local.get $character))

;; Of a Character in any object memory; -1 for anything else.
(func $code_point (param $value eqref) (result i32)
  (block $other (result eqref)
    (return (struct.get $Character $codePoint
      (br_on_cast_fail $other eqref (ref $Character) (local.get $value)))))
  (drop)
  (if (i32.eqz (global.get $v3)) (then (return (i32.const -1))))
  (if (i32.eqz (ref.test (ref $Object) (local.get $value))) (then (return (i32.const -1))))
  (if (i32.ne (call $class_index_of (local.get $value)) (global.get $class_index_character))
    (then (return (i32.const -1))))
  (return_call $small_or (call $slot_get (local.get $value) (i32.const 0)) (i32.const -1)))
