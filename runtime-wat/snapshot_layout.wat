;; What the objects are in a saved image: format, number of slots and address of each, as Spur has them (snapshot_v3 has what
;; is different before Spur).
;; While an image is laid out and written, an object's hash field holds its number in $walk_list.

(global $laid_out_hashes (mut (ref $Words)) (global.get $no_words))     ;; the hash fields as they were
(global $laid_out_addresses (mut (ref $Words)) (global.get $no_words))
(global $layout_end (mut i32) (i32.const 0))
(global $image_nil (mut i32) (i32.const 0))           ;; address of nil

;; The hidden objects between true and the others: the lists of free chunks (all empty) and the pages of the class table.
;;@if WORD64
(global $word_shift i32 (i32.const 3))
(global $free_list_count i32 (i32.const 64))
(global $free_list_format i32 (i32.const 9))
(global $free_list_class_index i32 (i32.const 19))
;;@else
(global $word_shift i32 (i32.const 2))
(global $free_list_count i32 (i32.const 32))
(global $free_list_format i32 (i32.const 10))
(global $free_list_class_index i32 (i32.const 18))
;;@endif
(global $class_table_page_size i32 (i32.const 1024))
(global $hidden_root_count i32 (i32.const 4104))      ;; 4096 pages; 8 places for the VM's own stacks, which it makes itself
(global $hidden_roots_address (mut i32) (i32.const 0))
(global $class_pages_address (mut i32) (i32.const 0))

;; Takes room for an object of so many slots; its address, which is that of its header. A count that does not fit into the
;; header stands before it.
(func $place (param $slots i32) (result i32)
  (local $address i32) (local $body i32)
  (local.set $address (i32.add (global.get $layout_end)
    (i32.shl (i32.ge_u (local.get $slots) (i32.const 255)) (i32.const 3))))
  (local.set $body (i32.and (i32.add (i32.shl (local.get $slots) (global.get $word_shift)) (i32.const 7)) (i32.const -8)))
  (if (i32.eqz (local.get $body)) (then (local.set $body (i32.const 8))))
  (global.set $layout_end (i32.add (i32.add (local.get $address) (i32.const 8)) (local.get $body)))
  (local.get $address))

(func $class_page_count (result i32)
  (i32.div_u (i32.add (global.get $class_table_size) (i32.sub (global.get $class_table_page_size) (i32.const 1)))
    (global.get $class_table_page_size)))

(func $class_page_address (param $page i32) (result i32)
  (i32.add (global.get $class_pages_address)
    (i32.mul (local.get $page) (i32.add (i32.const 16) (i32.shl (global.get $class_table_page_size) (global.get $word_shift))))))

;; Addresses for nil, false, true, the hidden objects and all walked ones, from $base on.
(func $lay_out (param $base i32)
  (local $i i32)
  (global.set $layout_end (local.get $base))
  (if (global.get $v3) (then (return_call $v3_lay_out)))
  (global.set $image_nil (local.get $base))
  (loop $leading
    (drop (call $place (i32.const 0)))
    (br_if $leading (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 3))))
  (drop (call $place (global.get $free_list_count)))
  (global.set $hidden_roots_address (call $place (global.get $hidden_root_count)))
  (global.set $class_pages_address (i32.add (global.get $layout_end) (i32.const 8)))
  (local.set $i (call $class_page_count))
  (loop $pages
    (drop (call $place (global.get $class_table_page_size)))
    (br_if $pages (local.tee $i (i32.sub (local.get $i) (i32.const 1)))))
  (return_call $place_walked))

;; Of a walked object; false and true have got their places.
(func $place_object (param $object (ref $Object)) (result i32)
  (if (global.get $v3)
    (then (return_call $v3_place (call $image_slots (local.get $object)) (struct.get $Object $classIndex (local.get $object)))))
  (if (call $is_boolean (local.get $object))
    (then (return (i32.add (global.get $image_nil)
      (i32.shl (i32.const 16) (ref.eq (local.get $object) (global.get $true)))))))
  (return_call $place (call $image_slots (local.get $object))))

(func $place_walked
  (local $i i32) (local $object (ref $Object)) (local $address i32)
  (global.set $laid_out_hashes (array.new_default $Words (global.get $walk_count)))
  (global.set $laid_out_addresses (array.new_default $Words (global.get $walk_count)))
  (loop $next
    (local.set $object (call $walked (local.get $i)))
    (local.set $address (call $place_object (local.get $object)))
    (array.set $Words (global.get $laid_out_addresses) (local.get $i) (local.get $address))
    (array.set $Words (global.get $laid_out_hashes) (local.get $i) (struct.get $Object $hash (local.get $object)))
    (struct.set $Object $hash (local.get $object) (local.get $i))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $walk_count)))))

(func $end_layout
  (local $i i32)
  (loop $next
    (struct.set $Object $hash (call $walked (local.get $i)) (array.get $Words (global.get $laid_out_hashes) (local.get $i)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $walk_count))))
  (global.set $laid_out_hashes (global.get $no_words))
  (global.set $laid_out_addresses (global.get $no_words)))

;; --- references ---

;; The word that stands for a value in the image; nil for an object that is not part of it (a class that nothing uses).
;;@if WORD64
(func $image_word (param $value eqref) (result i64)
  (if (ref.is_null (local.get $value)) (then (return (i64.extend_i32_u (global.get $image_nil)))))
  (block $other (result eqref)
    (return (i64.or (i64.const 1) (i64.shl (i64.extend_i32_s
      (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $value)))) (i64.const 3)))))
  (drop)
  (block $other (result eqref)
    (return (i64.or (i64.const 2) (i64.shl (i64.extend_i32_u
      (struct.get $Character $codePoint (br_on_cast_fail $other eqref (ref $Character) (local.get $value))))
      (i64.const 3)))))
  (drop)
  (block $other (result eqref)
    (return (i64.or (i64.const 1) (i64.shl
      (struct.get $WideInteger $value (br_on_cast_fail $other eqref (ref $WideInteger) (local.get $value)))
      (i64.const 3)))))
  (drop)
  (if (call $is_immediate_number (local.get $value))
    (then (return (i64.or (i64.const 4) (i64.shl (call $small_float_bits
      (struct.get $Float $value (ref.cast (ref $Float) (local.get $value)))) (i64.const 3))))))
  (return (i64.extend_i32_u (call $image_address (ref.cast (ref $Object) (local.get $value))))))
;;@else
(func $image_word (param $value eqref) (result i32)
  (if (ref.is_null (local.get $value)) (then (return (global.get $image_nil))))
  (block $other (result eqref)
    (return (i32.or (i32.const 1) (i32.shl
      (i31.get_s (br_on_cast_fail $other eqref (ref i31) (local.get $value))) (i32.const 1)))))
  (drop)
  (block $other (result eqref)
    (return (i32.or (i32.const 2) (i32.shl
      (struct.get $Character $codePoint (br_on_cast_fail $other eqref (ref $Character) (local.get $value)))
      (i32.const 2)))))
  (return_call $image_address (ref.cast (ref $Object))))
;;@endif

(func $image_address (param $object (ref $Object)) (result i32)
  (local $number i32)
  (local.set $number (struct.get $Object $hash (local.get $object)))
  (if (i32.lt_u (local.get $number) (global.get $walk_count))
    (then (if (ref.eq (call $walked (local.get $number)) (local.get $object))
      (then (return (array.get $Words (global.get $laid_out_addresses) (local.get $number)))))))
  (global.get $image_nil))

;; --- sizes and formats ---

;; Bytes in the body of an object that has no pointers, or of a method; -1 for pointer objects.
(func $image_bytes (param $object (ref $Object)) (result i32)
  (block $other (result (ref $Object))
    (return (array.len (struct.get $ByteObject $bytes
      (br_on_cast_fail $other (ref $Object) (ref $ByteObject) (local.get $object))))))
  (drop)
  (if (ref.test (ref $Float) (local.get $object)) (then (return (i32.const 8))))
  (block $other (result (ref $Object))
    (return (i32.shl (array.len (struct.get $WordObject $words
      (br_on_cast_fail $other (ref $Object) (ref $WordObject) (local.get $object)))) (i32.const 2))))
  (drop)
  (block $other (result (ref $Object))
    (return_call $method_bytes
      (br_on_cast_fail $other (ref $Object) (ref $CompiledMethod) (local.get $object))))
  (drop)
  (block $other (result (ref $Object))
    (return (i32.shl (array.len (struct.get $ShortObject $shorts
      (br_on_cast_fail $other (ref $Object) (ref $ShortObject) (local.get $object)))) (i32.const 1))))
  (drop)
  (block $other (result (ref $Object))
    (return (i32.shl (array.len (struct.get $DoubleWordObject $doubleWords
      (br_on_cast_fail $other (ref $Object) (ref $DoubleWordObject) (local.get $object)))) (i32.const 3))))
  (drop)
  (i32.const -1))

;; With the literal frame.
(func $method_bytes (param $method (ref $CompiledMethod)) (result i32)
  (i32.add (array.len (struct.get $CompiledMethod $bytes (local.get $method)))
    (i32.shl (i32.add (i32.const 1) (array.len (struct.get $CompiledMethod $literals (local.get $method))))
      (global.get $word_shift))))

;; Words of the object's body. A value of JavaScript does not outlive the host: what stands for it has only nil in its slots.
(func $image_slots (param $object (ref $Object)) (result i32)
  (local $bytes i32)
  (block $other (result (ref $Object))
    (return_call $fixed_size (br_on_cast_fail $other (ref $Object) (ref $Fixed0) (local.get $object))))
  (drop)
  (local.set $bytes (call $image_bytes (local.get $object)))
  (if (i32.ge_s (local.get $bytes) (i32.const 0))
    (then (return (i32.shr_u (i32.add (local.get $bytes) (i32.sub (global.get $word_size) (i32.const 1)))
      (global.get $word_shift)))))
  (block $other (result (ref $Object))
    (return_call $image_context_slots (br_on_cast_fail $other (ref $Object) (ref $Context) (local.get $object))))
  (drop)
  (if (ref.test (ref $Foreign) (local.get $object)) (then (return_call $named_slots (local.get $object))))
  (return_call $slot_count (local.get $object)))

;; A VM allows frames of two sizes only; here they grow when a value more is pushed than the compiler reckoned with.
(func $image_context_slots (param $context (ref $Context)) (result i32)
  (local $size i32)
  (local.set $size (array.len (struct.get $Context $slots (local.get $context))))
  (if (i32.eqz (ref.eq (struct.get $Context $method (local.get $context)) (global.get $no_method)))
    (then (local.set $size (struct.get $CompiledMethod $frameSize (struct.get $Context $method (local.get $context))))))
  (if (i32.gt_u (struct.get $Context $sp (local.get $context)) (local.get $size)) (then (local.set $size (i32.const 56))))
  (i32.add (i32.const 6) (local.get $size)))

;; The five bits of the header that say how the body is to be read.
(func $image_object_format (param $object (ref $Object)) (result i32)
  (local $bytes i32) (local $spec i32)
  (local.set $bytes (call $image_bytes (local.get $object)))
  (local.set $spec (i32.and (i32.const 31)
    (i32.shr_u (call $spec_of_index (struct.get $Object $classIndex (local.get $object))) (i32.const 16))))
  (if (i32.ge_s (local.get $bytes) (i32.const 0))
    (then (return_call $raw_format (local.get $object)
      (i32.and (i32.sub (i32.const 0) (local.get $bytes)) (i32.sub (global.get $word_size) (i32.const 1))))))
  (if (ref.test (ref $WeakIndexed) (local.get $object)) (then (return (i32.const 4))))
  (if (i32.eq (local.get $spec) (i32.const 5)) (then (return (i32.const 5))))
  (if (i32.or (ref.test (ref $Fixed0) (local.get $object)) (ref.test (ref $Foreign) (local.get $object)))
    (then (return (i32.ne (call $image_slots (local.get $object)) (i32.const 0)))))
  (select (local.get $spec) (i32.const 3)
    (i32.and (i32.ge_u (local.get $spec) (i32.const 1)) (i32.le_u (local.get $spec) (i32.const 3)))))

;; $unused: bytes of the last word that are not used.
(func $raw_format (param $object (ref $Object)) (param $unused i32) (result i32)
  (if (global.get $v3) (then (return_call $v3_raw_format (local.get $object) (local.get $unused))))
  (if (ref.test (ref $ByteObject) (local.get $object)) (then (return (i32.add (i32.const 16) (local.get $unused)))))
  (if (ref.test (ref $CompiledMethod) (local.get $object)) (then (return (i32.add (i32.const 24) (local.get $unused)))))
  (if (ref.test (ref $ShortObject) (local.get $object))
    (then (return (i32.add (i32.const 12) (i32.shr_u (local.get $unused) (i32.const 1))))))
  (if (ref.test (ref $DoubleWordObject) (local.get $object)) (then (return (i32.const 9))))
  (i32.add (i32.const 10) (i32.shr_u (local.get $unused) (i32.const 2))))
