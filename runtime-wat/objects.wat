;; What every object has: a class, an identity hash, and, for pointer shapes, slots addressed by number.
;; Owns the hash field's identity bits, the table of Characters and the class table's growth.

(global $nil_hash (mut i32) (i32.const 0))
(global $last_hash (mut i32) (i32.const 1))        ;; seed of the next identity hash; the loader continues the image's

(func $as_bool (param $condition i32) (result eqref)
  (select (result eqref) (global.get $true) (global.get $false) (local.get $condition)))

;; --- class ---

;; Since the table was last rid of classes that are gone.
(global $classes_entered (mut i32) (i32.const 0))
(global $classes_to_review i32 (i32.const 512))

(func $class_index_of (param $value eqref) (result i32)
  (block $not_object (result eqref)
    (return (struct.get $Object $classIndex (br_on_cast_fail $not_object eqref (ref $Object) (local.get $value)))))
  (if (result i32) (ref.is_null)
    (then (global.get $class_index_nil))
    (else (global.get $class_index_small_integer))))

(func $class_of (param $value eqref) (result eqref)
  (return_call $class_at (call $class_index_of (local.get $value))))

(func $class_at (param $index i32) (result eqref)
  (if (i32.ge_u (local.get $index) (global.get $class_table_size)) (then (return (ref.null eq))))
  (array.get $Slots (global.get $class_table) (local.get $index)))

;; The class's format word: slots of its own instances in bits 0-15, their shape in bits 16-20.
;; What is not a class answers shape 7, which nothing has.
(func $instance_spec (param $class eqref) (result i32)
  (if (global.get $v3) (then (return_call $v3_instance_spec (call $format_word (local.get $class) (i32.const -1)))))
  (return_call $format_word (local.get $class) (i32.const 0x70000)))

(func $format_word (param $class eqref) (param $none i32) (result i32)
  (block $other (result eqref)
    (return_call $small_or
      (struct.get $Fixed3 $slot2 (br_on_cast_fail $other eqref (ref $Fixed3) (local.get $class))) (local.get $none)))
  (drop)
  (if (ref.test (ref $Indexed) (local.get $class))
    (then (return_call $small_or (call $slot_get (local.get $class) (i32.const 2)) (local.get $none))))
  (local.get $none))

(func $spec_of_index (param $index i32) (result i32)
  (return_call $instance_spec (call $class_at (local.get $index))))

;; Named slots of an object, by its class.
(func $named_slots (param $object (ref $Object)) (result i32)
  (i32.and (call $spec_of_index (struct.get $Object $classIndex (local.get $object))) (i32.const 0xFFFF)))

;; The class's index in the class table, which is its identity hash; a class that has none enters the table.
(func $ensure_class_index (param $class eqref) (result i32)
  (local $object (ref $Object)) (local $hash i32)
  (block $none (result eqref)
    (local.set $object (br_on_cast_fail $none eqref (ref $Object) (local.get $class)))
    (local.set $hash (i32.and (struct.get $Object $hash (local.get $object)) (i32.const 0x3FFFFF)))
    (if (i32.lt_u (local.get $hash) (global.get $class_table_size))
      (then (if (ref.eq (array.get $Slots (global.get $class_table) (local.get $hash)) (local.get $class))
        (then (return (local.get $hash))))))
    (return_call $enter_class (local.get $object)))
  (drop)
  (global.get $class_index_nil))

(func $enter_class (param $class (ref $Object)) (result i32)
  (local $index i32)
  (if (global.get $v3) (then (return_call $v3_class_index (local.get $class))))
  (local.set $index (call $new_class_index))
  (array.set $Slots (global.get $class_table) (local.get $index) (local.get $class))
  (call $set_identity_hash (local.get $class) (local.get $index))
  (global.set $classes_entered (i32.add (global.get $classes_entered) (i32.const 1)))
  (local.get $index))

;; The keys of the method caches hold class indices below 32767; beyond, places of forgotten classes are taken again.
(func $new_class_index (result i32)
  (local $index i32) (local $larger (ref $Slots))
  (local.set $index (global.get $class_table_size))
  (if (i32.ge_u (local.get $index) (i32.const 0x7FFF))
    (then
      (loop $next
        (if (i32.eqz (local.get $index)) (then (call $fatal (i32.const 5))))
        (local.set $index (i32.sub (local.get $index) (i32.const 1)))
        (br_if $next (i32.eqz (ref.is_null (array.get $Slots (global.get $class_table) (local.get $index))))))
      (return (local.get $index))))
  (if (i32.eq (local.get $index) (array.len (global.get $class_table)))
    (then
      (local.set $larger (array.new_default $Slots (i32.add (i32.shl (local.get $index) (i32.const 1)) (i32.const 64))))
      (array.copy $Slots $Slots (local.get $larger) (i32.const 0) (global.get $class_table) (i32.const 0) (local.get $index))
      (global.set $class_table (local.get $larger))))
  (global.set $class_table_size (i32.add (local.get $index) (i32.const 1)))
  (local.get $index))

;; --- identity hash ---

;; Of any value; an object that has none gets one.
(func $identity_hash (param $value eqref) (result i32)
  (local $object (ref $Object)) (local $hash i32)
;;@if WORD64
  (if (call $is_immediate_number (local.get $value)) (then (return_call $number_hash (local.get $value))))
;;@endif
  (block $not_object (result eqref)
    (local.set $object (br_on_cast_fail $not_object eqref (ref $Object) (local.get $value)))
    (local.set $hash (i32.and (struct.get $Object $hash (local.get $object)) (i32.const 0x3FFFFF)))
    (if (local.get $hash)
      (then (return (select (i32.and (local.get $hash) (i32.const 0xFFF)) (local.get $hash) (global.get $v3)))))
    (return_call $assign_identity_hash (local.get $object)))
  (drop)
  (return_call $small_or (local.get $value) (global.get $nil_hash)))

(func $assign_identity_hash (param $object (ref $Object)) (result i32)
  (local $hash i32)
  (block $other (result (ref $Object))
    (local.set $hash (struct.get $Character $codePoint
      (br_on_cast_fail $other (ref $Object) (ref $Character) (local.get $object))))
    (return (local.get $hash)))
  (drop)
  (local.set $hash (call $next_hash))
  (if (global.get $v3)
    (then
      (local.set $hash (i32.and (local.get $hash) (i32.const 0xFFF)))
      (call $set_identity_hash (local.get $object) (i32.or (local.get $hash) (i32.const 0x1000)))
      (return (local.get $hash))))
  (call $set_identity_hash (local.get $object) (local.get $hash))
  (local.get $hash))

;; Pseudo-random, 22 bits, never 0.
(func $next_hash (result i32)
  (local $hash i32)
  (loop $again
    (global.set $last_hash (i32.mul (global.get $last_hash) (i32.const 16807)))
    (local.set $hash (i32.and (i32.const 0x3FFFFF)
      (i32.add (global.get $last_hash) (i32.shr_u (global.get $last_hash) (i32.const 4)))))
    (if (i32.eqz (global.get $last_hash)) (then (global.set $last_hash (i32.const 1))))
    (br_if $again (i32.eqz (local.get $hash))))
  (local.get $hash))

(func $set_identity_hash (param $object (ref $Object)) (param $hash i32)
  (struct.set $Object $hash (local.get $object)
    (i32.or (i32.and (struct.get $Object $hash (local.get $object)) (i32.const 0xFFC00000))
      (i32.and (local.get $hash) (i32.const 0x3FFFFF)))))

;; --- slots of any pointer shape ---

;; Named and indexed slots; 0 for shapes without pointers.
(func $slot_count (param $value eqref) (result i32)
  (block $other (result eqref)
    (return_call $indexed_slot_count (br_on_cast_fail $other eqref (ref $Indexed) (local.get $value))))
  (drop)
  (if (ref.test (ref $Fixed0) (local.get $value))
    (then (return_call $named_slots (ref.cast (ref $Object) (local.get $value)))))
  (return_call $slot_count_of_special (local.get $value)))

(func $slot_count_of_special (param $value eqref) (result i32)
  (block $other (result eqref)
    (return_call $context_slot_count (br_on_cast_fail $other eqref (ref $Context) (local.get $value))))
  (drop)
  (block $other (result eqref)
    (return_call $closure_slot_count (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $value))))
  (drop)
  (block $other (result eqref)
    (return (i32.add (i32.const 1) (array.len (struct.get $CompiledMethod $literals
      (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $value)))))))
  (drop)
  (i32.const 0))

;; Slot $index (0-based); nil where there is none.
(func $slot_get (param $value eqref) (param $index i32) (result eqref)
  (local $slots (ref $Slots)) (local $indexed (ref $Indexed))
  (block $other (result eqref)
    (return_call $fixed_get (br_on_cast_fail $other eqref (ref $Fixed0) (local.get $value)) (local.get $index)))
  (drop)
  (block $other (result eqref)
    (local.set $indexed (br_on_cast_fail $other eqref (ref $Indexed) (local.get $value)))
    (local.set $slots (struct.get $Indexed $slots (local.get $indexed)))
    (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
      (then (return (array.get $Slots (local.get $slots) (local.get $index)))))
    (return_call $hidden_slot_get (local.get $indexed) (local.get $index)))
  (drop)
  (return_call $slot_get_of_special (local.get $value) (local.get $index)))

(func $slot_get_of_special (param $value eqref) (param $index i32) (result eqref)
  (block $other (result eqref)
    (return_call $context_slot_get (br_on_cast_fail $other eqref (ref $Context) (local.get $value)) (local.get $index)))
  (drop)
  (block $other (result eqref)
    (return_call $closure_slot_get (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $value)) (local.get $index)))
  (drop)
  (block $other (result eqref)
    (return_call $method_slot_get (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $value)) (local.get $index)))
  (drop)
  (ref.null eq))

;; Stores into slot $index (0-based); does nothing where there is none.
(func $slot_put (param $target eqref) (param $index i32) (param $value eqref)
  (local $slots (ref $Slots)) (local $indexed (ref $Indexed))
  (block $other (result eqref)
    (return_call $fixed_put (br_on_cast_fail $other eqref (ref $Fixed0) (local.get $target))
      (local.get $index) (local.get $value)))
  (drop)
  (block $other (result eqref)
    (local.set $indexed (br_on_cast_fail $other eqref (ref $Indexed) (local.get $target)))
    (local.set $slots (struct.get $Indexed $slots (local.get $indexed)))
    (if (i32.lt_u (local.get $index) (array.len (local.get $slots)))
      (then
        (array.set $Slots (local.get $slots) (local.get $index) (local.get $value))
        (return)))
    (return_call $hidden_slot_put (local.get $indexed) (local.get $index) (local.get $value)))
  (drop)
  (return_call $slot_put_of_special (local.get $target) (local.get $index) (local.get $value)))

(func $slot_put_of_special (param $target eqref) (param $index i32) (param $value eqref)
  (block $other (result eqref)
    (return_call $context_slot_put (br_on_cast_fail $other eqref (ref $Context) (local.get $target))
      (local.get $index) (local.get $value)))
  (drop)
  (block $other (result eqref)
    (return_call $closure_slot_put (br_on_cast_fail $other eqref (ref $BlockClosure) (local.get $target))
      (local.get $index) (local.get $value)))
  (drop)
  (block $other (result eqref)
    (return_call $method_slot_put (br_on_cast_fail $other eqref (ref $CompiledMethod) (local.get $target))
      (local.get $index) (local.get $value)))
  (drop))

;; Slot 0 of a CompiledMethod is its header, the literals follow.
(func $method_slot_get (param $method (ref $CompiledMethod)) (param $index i32) (result eqref)
  (if (i32.eqz (local.get $index))
;;@if WORD64
    (then (return_call $header_value (struct.get $CompiledMethod $methodHeader (local.get $method)))))
;;@else
    (then (return (ref.i31 (struct.get $CompiledMethod $methodHeader (local.get $method))))))
;;@endif
  (if (i32.le_u (local.get $index) (array.len (struct.get $CompiledMethod $literals (local.get $method))))
    (then (return (array.get $Slots (struct.get $CompiledMethod $literals (local.get $method))
      (i32.sub (local.get $index) (i32.const 1))))))
  (ref.null eq))

(func $method_slot_put (param $method (ref $CompiledMethod)) (param $index i32) (param $value eqref)
  (if (i32.eqz (local.get $index))
    (then
;;@if WORD64
      (struct.set $CompiledMethod $methodHeader (local.get $method) (call $header_bits (local.get $value)))
;;@else
      (struct.set $CompiledMethod $methodHeader (local.get $method) (call $small_or (local.get $value) (i32.const 0)))
;;@endif
      (call $forget_translation (local.get $method))
      (return_call $decode_method (local.get $method))))
  (if (i32.le_u (local.get $index) (array.len (struct.get $CompiledMethod $literals (local.get $method))))
    (then (return_call $method_literal_put (local.get $method) (i32.sub (local.get $index) (i32.const 1))
      (local.get $value)))))

;; What was derived from the literals becomes stale. The last two (selector or properties, class binding) are not code.
(func $method_literal_put (param $method (ref $CompiledMethod)) (param $index i32) (param $value eqref)
  (local $literals (ref $Slots))
  (local.set $literals (struct.get $CompiledMethod $literals (local.get $method)))
  (if (ref.eq (array.get $Slots (local.get $literals) (local.get $index)) (local.get $value)) (then (return)))
  (call $method_changes (local.get $method))
  (array.set $Slots (local.get $literals) (local.get $index) (local.get $value))
  (struct.set $CompiledMethod $selectorIds (local.get $method) (ref.null $Words))
  (struct.set $CompiledMethod $namedPrimitive (local.get $method) (i32.const -1))
  (if (i32.lt_u (i32.add (local.get $index) (i32.const 2)) (array.len (local.get $literals)))
    (then (call $forget_translation (local.get $method)))))

;; A Float that the slot owns is handed out here: see float_slots.wat.
(func $fixed_get (param $object (ref $Fixed0)) (param $index i32) (result eqref)
  (return_call $handed_out (call $fixed_content (local.get $object) (local.get $index))))

;; The branch table's targets are numbered from the innermost block, so case n is the n-th block from inside.
(func $fixed_content (param $object (ref $Fixed0)) (param $index i32) (result eqref)
;;@repeat 0 @MAX_FIXED
  block
;;@end
  local.get $index
  br_table
;;@repeat 0 @MAX_FIXED
  @n
;;@end
;;@repeat 0 39
  end
  block (result (ref $Fixed0))
    (return (struct.get $Fixed@+ $slot@n (br_on_cast_fail 0 (ref $Fixed0) (ref $Fixed@+) (local.get $object))))
  end
  drop
  (return (ref.null eq))
;;@end
  end
  (ref.null eq))

(func $fixed_put (param $object (ref $Fixed0)) (param $index i32) (param $value eqref)
;;@repeat 0 @MAX_FIXED
  block
;;@end
  local.get $index
  br_table
;;@repeat 0 @MAX_FIXED
  @n
;;@end
;;@repeat 0 39
  end
  block (result (ref $Fixed0))
    (struct.set $Fixed@+ $slot@n (br_on_cast_fail 0 (ref $Fixed0) (ref $Fixed@+) (local.get $object)) (local.get $value))
    (return)
  end
  drop
  return
;;@end
  end)

;; --- Characters ---

(global $characters (ref $Slots) (array.new_default $Slots (i32.const 1024)))  ;; code points below 1024; bytes: all, but not before Spur
(global $wide_characters (mut (ref $Slots)) (array.new_default $Slots (i32.const 64))) ;; the others: open addressing
(global $wide_character_count (mut i32) (i32.const 0))

;; The Character of a byte.
(func $byte_character (param $byte i32) (result eqref)
  (if (global.get $v3) (then (return_call $v3_character (local.get $byte))))
  (array.get $Slots (global.get $characters) (local.get $byte)))

;; The one Character of a code point.
(func $character_for (param $codePoint i32) (result eqref)
  (if (global.get $v3) (then (return_call $v3_character (local.get $codePoint))))
  (if (i32.ge_u (local.get $codePoint) (i32.const 1024)) (then (return_call $wide_character_for (local.get $codePoint))))
  (block $new
    (return (ref.cast (ref $Character)
      (br_on_null $new (array.get $Slots (global.get $characters) (local.get $codePoint))))))
  (return_call $new_character (global.get $characters) (local.get $codePoint) (local.get $codePoint)))

(func $new_character (param $table (ref $Slots)) (param $index i32) (param $codePoint i32) (result (ref $Character))
  (local $character (ref $Character))
  (local.set $character (struct.new $Character (global.get $class_index_character) (i32.const 0) (local.get $codePoint)))
  (array.set $Slots (local.get $table) (local.get $index) (local.get $character))
  (local.get $character))

(func $wide_character_for (param $codePoint i32) (result (ref $Character))
  (local $index i32) (local $character (ref $Character))
  (local.set $index (call $wide_character_index (global.get $wide_characters) (local.get $codePoint)))
  (block $new
    (return (ref.cast (ref $Character)
      (br_on_null $new (array.get $Slots (global.get $wide_characters) (local.get $index))))))
  (local.set $character (call $new_character (global.get $wide_characters) (local.get $index) (local.get $codePoint)))
  (global.set $wide_character_count (i32.add (global.get $wide_character_count) (i32.const 1)))
  (if (i32.gt_u (i32.shl (global.get $wide_character_count) (i32.const 1)) (array.len (global.get $wide_characters)))
    (then (call $grow_wide_characters)))
  (local.get $character))

;; Where the Character is, or belongs. There is always a free place.
(func $wide_character_index (param $table (ref $Slots)) (param $codePoint i32) (result i32)
  (local $index i32) (local $mask i32) (local $entry eqref)
  (local.set $mask (i32.sub (array.len (local.get $table)) (i32.const 1)))
  (local.set $index (i32.and (local.get $codePoint) (local.get $mask)))
  (loop $probe
    (local.set $entry (array.get $Slots (local.get $table) (local.get $index)))
    (if (ref.is_null (local.get $entry)) (then (return (local.get $index))))
    (if (i32.eq (struct.get $Character $codePoint (ref.cast (ref $Character) (local.get $entry))) (local.get $codePoint))
      (then (return (local.get $index))))
    (local.set $index (i32.and (i32.add (local.get $index) (i32.const 1)) (local.get $mask)))
    (br $probe))
  (unreachable))

(func $grow_wide_characters
  (local $old (ref $Slots)) (local $larger (ref $Slots)) (local $i i32) (local $entry eqref)
  (local.set $old (global.get $wide_characters))
  (local.set $larger (array.new_default $Slots (i32.shl (array.len (local.get $old)) (i32.const 1))))
  (loop $next
    (local.set $entry (array.get $Slots (local.get $old) (local.get $i)))
    (if (i32.eqz (ref.is_null (local.get $entry)))
      (then (array.set $Slots (local.get $larger)
        (call $wide_character_index (local.get $larger)
          (struct.get $Character $codePoint (ref.cast (ref $Character) (local.get $entry))))
        (local.get $entry))))
    (local.set $i (i32.add (local.get $i) (i32.const 1)))
    (br_if $next (i32.lt_u (local.get $i) (array.len (local.get $old)))))
  (global.set $wide_characters (local.get $larger)))

;; --- bytes and the transfer area ---

;; Copies a bytes object's contents; its length, -1 when it is none or has more than $max bytes.
(func $string_to_memory (param $value eqref) (param $pointer i32) (param $max i32) (result i32)
  (local $bytes (ref $Bytes)) (local $i i32) (local $size i32)
  (block $other (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other eqref (ref $ByteObject) (local.get $value))))
    (local.set $size (array.len (local.get $bytes)))
    (if (i32.gt_u (local.get $size) (local.get $max)) (then (return (i32.const -1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $size)))
        (i32.store8 (i32.add (local.get $pointer) (local.get $i)) (array.get_u $Bytes (local.get $bytes) (local.get $i)))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (return (local.get $size)))
  (drop)
  (i32.const -1))

(func $string_from_memory (param $pointer i32) (param $length i32) (result (ref $ByteObject))
  (return_call $bytes_from_memory (global.get $class_index_string) (local.get $pointer) (local.get $length)))

(func $bytes_from_memory (param $classIndex i32) (param $pointer i32) (param $length i32) (result (ref $ByteObject))
  (local $bytes (ref $Bytes)) (local $i i32)
  (local.set $bytes (array.new_default $Bytes (local.get $length)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $length)))
      (array.set $Bytes (local.get $bytes) (local.get $i) (i32.load8_u (i32.add (local.get $pointer) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (struct.new $ByteObject (local.get $classIndex) (i32.const 0) (local.get $bytes)))
