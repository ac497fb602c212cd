;; Numbered primitives for access to indexable elements and named slots, for making objects and for their identity.

;; An index argument as 0-based number; $no_index, which is in range nowhere, for what is no SmallInteger.
(global $no_index i32 (i32.const 0x80000000))

(func $index_argument (param $index eqref) (result i32)
  (i32.sub (call $small_or (local.get $index) (i32.const 0x80000001)) (i32.const 1)))

;; --- elements ---

;; Indexable elements of an object: their number, -1 for what is not indexable.
(func $element_count (param $value eqref) (result i32)
  (local $object (ref $Indexed)) (local $count i32)
  (block $next (result eqref)
    (local.set $object (br_on_cast_fail $next eqref (ref $Indexed) (local.get $value)))
    (local.set $count (call $access_of (struct.get $Indexed $classIndex (local.get $object))))
    ;; fixed-size objects that are too large for a $Fixed struct
    (if (i32.eqz (i32.and (local.get $count) (i32.const 64))) (then (return (i32.const -1))))
    (return (i32.sub (call $indexed_slot_count (local.get $object)) (i32.shr_u (local.get $count) (i32.const 8)))))
  (drop)
  (block $next (result eqref)
    (return (array.len (struct.get $ByteObject $bytes (br_on_cast_fail $next eqref (ref $ByteObject) (local.get $value))))))
  (drop)
  (return_call $element_count_of_other (local.get $value)))

(func $element_count_of_other (param $value eqref) (result i32)
  (block $next (result eqref)
    (return (array.len (struct.get $WordObject $words (br_on_cast_fail $next eqref (ref $WordObject) (local.get $value))))))
  (drop)
  (block $next (result eqref)
    (return (array.len (struct.get $ShortObject $shorts
      (br_on_cast_fail $next eqref (ref $ShortObject) (local.get $value))))))
  (drop)
  (block $next (result eqref)
    (return (array.len (struct.get $DoubleWordObject $doubleWords
      (br_on_cast_fail $next eqref (ref $DoubleWordObject) (local.get $value))))))
  (drop)
  (block $next (result eqref)
    (return (call $method_size (br_on_cast_fail $next eqref (ref $CompiledMethod) (local.get $value)))))
  (drop)
  (block $next (result eqref)
    (return (array.len (struct.get $BlockClosure $copied
      (br_on_cast_fail $next eqref (ref $BlockClosure) (local.get $value))))))
  (drop)
  (block $next (result eqref)
    (return (call $context_size (br_on_cast_fail $next eqref (ref $Context) (local.get $value)))))
  (drop)
  (select (i32.const 2) (i32.const -1) (ref.test (ref $Float) (local.get $value))))

;; A CompiledMethod's elements are the bytes of its literal frame and bytecodes.
(func $method_size (param $method (ref $CompiledMethod)) (result i32)
  (i32.add (call $literal_bytes (local.get $method)) (array.len (struct.get $CompiledMethod $bytes (local.get $method)))))

(func $literal_bytes (param $method (ref $CompiledMethod)) (result i32)
  (i32.sub (call $pc_bias (local.get $method)) (i32.const 1)))

;; Why there is no such element, in the order in which virtual machines look: an immediate receiver, an argument that is no
;; SmallInteger, a receiver without elements, the index.
(func $fail_access (param $value eqref) (param $index i32) (result eqref)
  (if (call $is_immediate (local.get $value)) (then (return_call $fail_with (i32.const 6))))
  (if (i32.eq (local.get $index) (global.get $no_index)) (then (return_call $fail_with (i32.const 3))))
  (return_call $fail_with
    (select (i32.const 2) (i32.const 4) (i32.lt_s (call $element_count (local.get $value)) (i32.const 0)))))

;; Element $index (0-based) as at: answers it; $failed out of range. $strings: bytes and words as Characters.
(func $element_at (param $value eqref) (param $index i32) (param $strings i32) (result eqref)
  (local $element i32)
  (if (i32.ge_u (local.get $index) (i32.const 0x7FFFFFFF))
    (then (return_call $fail_access (local.get $value) (local.get $index))))
  (if (i32.ge_s (local.get $index) (call $element_count (local.get $value)))
    (then (return_call $fail_access (local.get $value) (local.get $index))))
  (block $next (result eqref)
    (return_call $indexed_at (br_on_cast_fail $next eqref (ref $Indexed) (local.get $value)) (local.get $index)))
  (drop)
  (block $number
    (block $next (result eqref)
      (local.set $element (array.get_u $Bytes
        (struct.get $ByteObject $bytes (br_on_cast_fail $next eqref (ref $ByteObject) (local.get $value)))
        (local.get $index)))
      (br $number))
    (drop)
    (block $next (result eqref)
      (local.set $element (array.get $Words
        (struct.get $WordObject $words (br_on_cast_fail $next eqref (ref $WordObject) (local.get $value)))
        (local.get $index)))
      (br $number))
    (drop)
    (return_call $element_at_of_other (local.get $value) (local.get $index)))
  (if (local.get $strings)
    (then
      (if (i32.ge_u (local.get $element) (i32.const 0x40000000)) (then (return_call $fail_with (i32.const 2))))
      (return_call $character_for (local.get $element))))
  (return_call $integer_of_u32 (local.get $element)))

(func $indexed_at (param $object (ref $Indexed)) (param $index i32) (result eqref)
  (return_call $slot_get (local.get $object) (i32.add (local.get $index)
    (i32.shr_u (call $access_of (struct.get $Indexed $classIndex (local.get $object))) (i32.const 8)))))

(func $element_at_of_other (param $value eqref) (param $index i32) (result eqref)
  (block $next (result eqref)
    (return (ref.i31 (array.get_u $Shorts
      (struct.get $ShortObject $shorts (br_on_cast_fail $next eqref (ref $ShortObject) (local.get $value)))
      (local.get $index)))))
  (drop)
  (block $next (result eqref)
    (return_call $integer_of_u64 (array.get $DoubleWords
      (struct.get $DoubleWordObject $doubleWords
        (br_on_cast_fail $next eqref (ref $DoubleWordObject) (local.get $value)))
      (local.get $index))))
  (drop)
  (block $next (result eqref)
    (return_call $method_at (br_on_cast_fail $next eqref (ref $CompiledMethod) (local.get $value)) (local.get $index)))
  (drop)
  (block $next (result eqref)
    (return (array.get $Slots
      (struct.get $BlockClosure $copied (br_on_cast_fail $next eqref (ref $BlockClosure) (local.get $value)))
      (local.get $index))))
  (drop)
  (block $next (result eqref)
    (return (array.get $Slots
      (struct.get $Context $slots (br_on_cast_fail $next eqref (ref $Context) (local.get $value)))
      (local.get $index))))
  (drop)
  (block $next (result eqref)
    (return_call $integer_of_u32 (i32.wrap_i64 (i64.shr_u
      (i64.reinterpret_f64 (struct.get $Float $value (br_on_cast_fail $next eqref (ref $Float) (local.get $value))))
      (i64.extend_i32_u (i32.shl (local.get $index) (i32.const 5)))))))
  (drop)
  (return_call $fail_with (i32.const 2)))

;; The literal frame is not for at:.
(func $method_at (param $method (ref $CompiledMethod)) (param $index i32) (result eqref)
  (local.set $index (i32.sub (local.get $index) (call $literal_bytes (local.get $method))))
  (if (i32.lt_s (local.get $index) (i32.const 0)) (then (return_call $fail_with (i32.const 4))))
  (ref.i31 (array.get_u $Bytes (struct.get $CompiledMethod $bytes (local.get $method)) (local.get $index))))

;; Stores an element; answers the value or $failed. $strings: the value is a Character.
(func $element_at_put (param $target eqref) (param $index i32) (param $value eqref) (param $strings i32) (result eqref)
  (local $number i32)
  (if (i32.ge_u (local.get $index) (i32.const 0x7FFFFFFF))
    (then (return_call $fail_access (local.get $target) (local.get $index))))
  (if (call $is_immutable (local.get $target)) (then (return_call $fail_with (i32.const 8))))
  (if (i32.ge_s (local.get $index) (call $element_count (local.get $target)))
    (then (return_call $fail_access (local.get $target) (local.get $index))))
  (block $next (result eqref)
    (return_call $indexed_at_put (br_on_cast_fail $next eqref (ref $Indexed) (local.get $target))
      (local.get $index) (local.get $value)))
  (drop)
  (if (local.get $strings)
    (then
      (local.set $number (call $code_point (local.get $value)))
      (if (i32.ge_s (local.get $number) (i32.const 0))
        (then (if (call $store_number (local.get $target) (local.get $index) (local.get $number))
          (then (return (local.get $value))))))
      (return_call $fail_with (i32.const 3))))
  (return_call $element_at_put_number (local.get $target) (local.get $index) (local.get $value)))

(func $indexed_at_put (param $object (ref $Indexed)) (param $index i32) (param $value eqref) (result eqref)
  (call $slot_put (local.get $object) (i32.add (local.get $index)
      (i32.shr_u (call $access_of (struct.get $Indexed $classIndex (local.get $object))) (i32.const 8)))
    (local.get $value))
  (local.get $value))

(func $element_at_put_number (param $target eqref) (param $index i32) (param $value eqref) (result eqref)
  (local $number i32) (local $wide i64)
  (block $next (result eqref)
    (local.set $wide (call $integer_value_u64 (local.get $value)))
    (array.set $DoubleWords
      (struct.get $DoubleWordObject $doubleWords
        (br_on_cast_fail $next eqref (ref $DoubleWordObject) (local.get $target)))
      (local.get $index)
      (if (result i64) (global.get $integer_valid)
        (then (local.get $wide))
        (else (return_call $fail_with (i32.const 3)))))
    (return (local.get $value)))
  (drop)
  (block $next (result eqref)
    (array.set $Slots
      (struct.get $BlockClosure $copied (br_on_cast_fail $next eqref (ref $BlockClosure) (local.get $target)))
      (local.get $index) (local.get $value))
    (return (local.get $value)))
  (drop)
  (block $next (result eqref)
    (array.set $Slots
      (struct.get $Context $slots (br_on_cast_fail $next eqref (ref $Context) (local.get $target)))
      (local.get $index) (local.get $value))
    (return (local.get $value)))
  (drop)
  (local.set $number (call $integer_value_u32 (local.get $value)))
  (if (global.get $integer_valid)
    (then (if (call $store_number (local.get $target) (local.get $index) (local.get $number))
      (then (return (local.get $value))))))
  (return_call $fail_with (i32.const 3)))

;; Stores a non-negative number into bytes, shorts, words or a method's code; 0 when it does not fit there.
(func $store_number (param $target eqref) (param $index i32) (param $number i32) (result i32)
  (block $next (result eqref)
    (drop (br_on_cast_fail $next eqref (ref $ByteObject) (local.get $target)))
    (if (i32.gt_u (local.get $number) (i32.const 255)) (then (return (i32.const 0))))
    (array.set $Bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $target)))
      (local.get $index) (local.get $number))
    (return (i32.const 1)))
  (drop)
  (block $next (result eqref)
    (array.set $Words
      (struct.get $WordObject $words (br_on_cast_fail $next eqref (ref $WordObject) (local.get $target)))
      (local.get $index) (local.get $number))
    (return (i32.const 1)))
  (drop)
  (block $next (result eqref)
    (drop (br_on_cast_fail $next eqref (ref $ShortObject) (local.get $target)))
    (if (i32.gt_u (local.get $number) (i32.const 0xFFFF)) (then (return (i32.const 0))))
    (array.set $Shorts (struct.get $ShortObject $shorts (ref.cast (ref $ShortObject) (local.get $target)))
      (local.get $index) (local.get $number))
    (return (i32.const 1)))
  (drop)
  (block $next (result eqref)
    (return_call $method_at_put (br_on_cast_fail $next eqref (ref $CompiledMethod) (local.get $target))
      (local.get $index) (local.get $number)))
  (drop)
  (block $next (result eqref)
    (return_call $float_at_put (br_on_cast_fail $next eqref (ref $Float) (local.get $target))
      (local.get $index) (local.get $number)))
  (drop)
  (i32.const 0))

(func $float_at_put (param $float (ref $Float)) (param $index i32) (param $number i32) (result i32)
  (local $words (ref $Words))
;;@if WORD64
  (if (call $is_immediate_number (local.get $float)) (then (return (i32.const 0))))
;;@endif
  (local.set $words (call $words_of (local.get $float)))
  (array.set $Words (local.get $words) (local.get $index) (local.get $number))
  (struct.set $Float $value (local.get $float) (call $float_of_words (local.get $words)))
  (i32.const 1))

;; A method that is still being made gets its bytecodes this way.
(func $method_at_put (param $method (ref $CompiledMethod)) (param $index i32) (param $number i32) (result i32)
  (local.set $index (i32.sub (local.get $index) (call $literal_bytes (local.get $method))))
  (if (i32.or (i32.lt_s (local.get $index) (i32.const 0)) (i32.gt_u (local.get $number) (i32.const 255)))
    (then (return (i32.const 0))))
  (array.set $Bytes (struct.get $CompiledMethod $bytes (local.get $method)) (local.get $index) (local.get $number))
  (call $forget_translation (local.get $method))
  (if (i32.lt_u (local.get $index) (i32.const 3)) (then (call $decode_method (local.get $method))))
  (i32.const 1))

;; at:, basicAt:
(func $primitive_60 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (local $object (ref $Indexed)) (local $slots (ref $Slots)) (local $i i32) (local $named i32)
  (block $general (result eqref)
    (local.set $object (br_on_cast_fail $general eqref (ref $Indexed) (local.get $receiver)))
    (drop (br_if $general (ref.null eq) (ref.test (ref $WeakIndexed) (local.get $object))))
    (local.set $i (i32.sub (i31.get_s (br_on_cast_fail $general eqref (ref i31) (local.get $index))) (i32.const 1)))
    (local.set $slots (struct.get $Indexed $slots (local.get $object)))
    (local.set $named (i32.shr_u (call $access_of (struct.get $Indexed $classIndex (local.get $object))) (i32.const 8)))
    (drop (br_if $general (ref.null eq)
      (i32.ge_u (local.get $i) (i32.sub (array.len (local.get $slots)) (local.get $named)))))
    (return (array.get $Slots (local.get $slots) (i32.add (local.get $i) (local.get $named)))))
  (drop)
  (return_call $element_at (local.get $receiver) (call $index_argument (local.get $index)) (i32.const 0)))

(func $primitive_60_2 (param $mirror eqref) (param $object eqref) (param $index eqref) (param $depth i32) (result eqref)
  (return_call $element_at (local.get $object) (call $index_argument (local.get $index)) (i32.const 0)))

;; at:put:, basicAt:put:
(func $primitive_61 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (return_call $element_at_put (local.get $receiver) (call $index_argument (local.get $index)) (local.get $value)
    (i32.const 0)))

(func $primitive_61_3 (param $mirror eqref) (param $object eqref) (param $index eqref) (param $value eqref)
    (param $depth i32) (result eqref)
  (return_call $primitive_61 (local.get $object) (local.get $index) (local.get $value) (local.get $depth)))

;; size, basicSize
(func $primitive_62 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $count i32)
  (local.set $count (call $element_count (local.get $receiver)))
  (if (i32.lt_s (local.get $count) (i32.const 0)) (then (return_call $fail_with (i32.const 2))))
  (ref.i31 (local.get $count)))

(func $primitive_62_1 (param $mirror eqref) (param $object eqref) (param $depth i32) (result eqref)
  (return_call $primitive_62 (local.get $object) (local.get $depth)))

;; at: and at:put: of strings
(func $primitive_63 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (return_call $element_at (local.get $receiver) (call $index_argument (local.get $index)) (i32.const 1)))

(func $primitive_64 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (return_call $element_at_put (local.get $receiver) (call $index_argument (local.get $index)) (local.get $value)
    (i32.const 1)))

;; --- new ---

(func $primitive_70 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $kind i32)
  ;; an indexable class has to be told a size, but before Spur, where it is 0; ephemerons have none
  (local.set $kind (i32.and (i32.shr_u (call $instance_spec (local.get $receiver)) (i32.const 16)) (i32.const 31)))
  (if (i32.and (i32.ne (local.get $kind) (i32.const 5))
        (i32.ge_u (local.get $kind) (select (i32.const 24) (i32.const 2) (global.get $v3))))
    (then (return_call $fail_with (i32.const 2))))
  (return_call $new_instance (local.get $receiver) (i32.const 0)))

(func $primitive_71 (param $receiver eqref) (param $size eqref) (param $depth i32) (result eqref)
  (local $count i32)
  (block $large (result eqref)
    (local.set $count (i31.get_s (br_on_cast_fail $large eqref (ref i31) (local.get $size))))
    (if (i32.lt_s (local.get $count) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
    (return_call $new_instance (local.get $receiver) (local.get $count)))
  (drop)
  (local.set $count (call $integer_value_u32 (local.get $size)))
  (if (i32.eqz (global.get $integer_valid)) (then (return_call $fail_with (i32.const 3))))
  (return_call $new_instance (local.get $receiver) (local.get $count)))

;; newMethod: count of bytecodes header: header
(func $primitive_79 (param $receiver eqref) (param $count eqref) (param $header eqref) (param $depth i32) (result eqref)
  (local $size i32)
  (local.set $size (call $small_or (local.get $count) (i32.const -1)))
  (if (i32.or (i32.gt_u (local.get $size) (i32.const 0xFFFFFF))
;;@if WORD64
        (i32.eqz (call $is_small_integer (local.get $header))))
;;@else
        (i32.eqz (ref.test (ref i31) (local.get $header))))
;;@endif
    (then (return_call $fail_with (i32.const 3))))
  (if (i32.lt_u (i32.and (call $instance_spec (local.get $receiver)) (i32.const 0x1F0000)) (i32.const 0x180000))
    (then (return_call $fail_with (i32.const 2))))
  (return_call $new_method (call $ensure_class_index (local.get $receiver))
;;@if WORD64
    (call $header_bits (local.get $header)) (local.get $size)))
;;@else
    (call $small_or (local.get $header) (i32.const 0)) (local.get $size)))
;;@endif

;; shallowCopy
(func $primitive_148 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (call $is_out_of_date (local.get $receiver) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (return_call $shallow_copy (local.get $receiver)))

(func $primitive_148_1 (param $mirror eqref) (param $object eqref) (param $depth i32) (result eqref)
  (if (call $is_out_of_date (local.get $object) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $mirror) (array.new_fixed $Slots 1 (local.get $object)))))
  (return_call $shallow_copy (local.get $object)))

;; --- identity ---

(func $primitive_75 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (call $is_immediate (local.get $receiver)) (then (return_call $fail_with (i32.const 2))))
  (ref.i31 (call $identity_hash (local.get $receiver))))

(func $primitive_75_1 (param $mirror eqref) (param $object eqref) (param $depth i32) (result eqref)
  (return_call $primitive_75 (local.get $object) (local.get $depth)))

;; identityHash of a Behavior: its index in the class table
(func $primitive_175 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (ref.test (ref $Fixed3) (local.get $receiver))) (then (return_call $fail_with (i32.const 2))))
  (ref.i31 (call $ensure_class_index (local.get $receiver))))

;; maxIdentityHash
(func $primitive_176 (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (i32.const 0x3FFFFF)))

;; asCharacter: of the argument, or of the receiver
(func $primitive_170 (param $receiver eqref) (param $codePoint eqref) (param $depth i32) (result eqref)
  (return_call $primitive_170_0 (local.get $codePoint) (local.get $depth)))

(func $primitive_170_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.lt_s (call $small_or (local.get $receiver) (i32.const -1)) (i32.const 0))
    (then (return_call $fail_with (i32.const 2))))
  (return_call $character_for (call $small_or (local.get $receiver) (i32.const 0))))

;; The code point of a Character; a SmallInteger itself; of a SmallFloat64 the bits that stand for it.
(func $primitive_171 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $codePoint i32)
  (local.set $codePoint (call $code_point (local.get $receiver)))
  (if (i32.ge_s (local.get $codePoint) (i32.const 0)) (then (return (ref.i31 (local.get $codePoint)))))
  (if (ref.test (ref i31) (local.get $receiver)) (then (return (local.get $receiver))))
;;@if WORD64
  (if (call $is_immediate_number (local.get $receiver)) (then (return_call $immediate_bits (local.get $receiver))))
;;@endif
  (return_call $fail_with (i32.const 2)))
