;; The heap file's second pass: contents of the objects that $make_objects made, and the tables of translated code.

;; --- references ---

(func $load_ref (param $pointer i32) (result eqref)
  (local $ref i32)
  (local.set $ref (i32.load (local.get $pointer)))
  (if (i32.and (local.get $ref) (i32.const 1))
    (then (return (ref.i31 (i32.shr_s (local.get $ref) (i32.const 1))))))
  (if (i32.and (local.get $ref) (i32.const 2))
    (then (return_call $character_for (i32.shr_u (local.get $ref) (i32.const 2)))))
  (return_call $loaded_object (i32.shr_u (local.get $ref) (i32.const 2))))

(func $loaded_object (param $number i32) (result eqref)
  (if (i32.ge_u (local.get $number) (global.get $load_count))
    (then (global.set $load_error (i32.const 5)) (return (ref.null eq))))
  (array.get $Slots (global.get $loaded) (local.get $number)))

;; A new array of $count refs with $room places.
(func $load_refs (param $pointer i32) (param $count i32) (param $room i32) (result (ref $Slots))
  (local $slots (ref $Slots))
  (local.set $slots (array.new_default $Slots (local.get $room)))
  (call $fill_slots (local.get $slots) (local.get $pointer) (local.get $count))
  (local.get $slots))

(func $fill_slots (param $slots (ref $Slots)) (param $pointer i32) (param $count i32)
  (local $i i32) (local $ref i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $ref (i32.load (local.get $pointer)))
      (array.set $Slots (local.get $slots) (local.get $i)
        (if (result eqref) (i32.and (local.get $ref) (i32.const 1))
          (then (ref.i31 (i32.shr_s (local.get $ref) (i32.const 1))))
          (else (call $load_ref (local.get $pointer)))))
      (local.set $pointer (i32.add (local.get $pointer) (i32.const 4)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; --- second pass ---

(global $closures_to_fill (mut (ref $Words)) (global.get $no_words))   ;; object number, address of the payload, ...

(func $fill_objects
  (local $number i32) (local $entry i32) (local $payload i32)
  (global.set $closures_to_fill (array.new_default $Words (i32.shl (global.get $closures_loading) (i32.const 1))))
  (local.set $entry (call $header_address (i32.const 3)))
  (local.set $payload (call $header_address (i32.const 4)))
  (loop $next
    (if (call $is_closure_entry (local.get $entry))
      (then (call $fill_closure_later (local.get $number) (local.get $payload))))
    (if (i32.ge_u (local.get $number) (i32.const 3))
      (then (call $fill_object (array.get $Slots (global.get $loaded) (local.get $number))
        (local.get $entry) (local.get $payload))))
    (local.set $payload (i32.add (local.get $payload) (call $payload_bytes (local.get $entry))))
    (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
    (br_if $next (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (global.get $load_count)))))

(func $is_closure_entry (param $entry i32) (result i32)
  (i32.or (i32.eq (i32.load8_u (local.get $entry)) (i32.const 10))
    (i32.or (i32.eq (i32.load8_u (local.get $entry)) (i32.const 13))
      (i32.eq (i32.load8_u (local.get $entry)) (i32.const 14)))))

(func $fill_object (param $object eqref) (param $entry i32) (param $payload i32)
  (local $size i32)
  (local.set $size (i32.load offset=12 (local.get $entry)))
  (block $none
   (block $context (block $method (block $double (block $words (block $shorts (block $bytes (block $indexed (block $fixed
    (br_table $fixed $indexed $indexed $bytes $shorts $words $double $none $method $context $none $fixed $none
      (i32.load8_u (local.get $entry))))
    (return_call $fill_fixed (ref.cast (ref $Fixed0) (local.get $object)) (local.get $payload) (local.get $size)))
    (return_call $fill_slots (struct.get $Indexed $slots (ref.cast (ref $Indexed) (local.get $object)))
      (local.get $payload) (local.get $size)))
    (return_call $fill_bytes (struct.get $ByteObject $bytes (ref.cast (ref $ByteObject) (local.get $object)))
      (local.get $payload)))
    (return_call $fill_shorts (struct.get $ShortObject $shorts (ref.cast (ref $ShortObject) (local.get $object)))
      (local.get $payload)))
    (return_call $fill_words (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $object)))
      (local.get $payload)))
    (return_call $fill_double_words
      (struct.get $DoubleWordObject $doubleWords (ref.cast (ref $DoubleWordObject) (local.get $object)))
      (local.get $payload)))
    (return_call $fill_method (ref.cast (ref $CompiledMethod) (local.get $object)) (local.get $payload)))
   (return_call $fill_context (ref.cast (ref $Context) (local.get $object)) (local.get $payload))))

(func $fill_fixed (param $object (ref $Fixed0)) (param $pointer i32) (param $size i32)
  block
;;@repeat 0 @MAX_FIXED
  block
;;@end
  local.get $size
  br_table
;;@repeat 0 @MAX_FIXED
  @n
;;@end
  41
;;@repeat 0 @MAX_FIXED
  end
  (return_call $fill_fixed_@n (ref.cast (ref $Fixed@n) (local.get $object)) (local.get $pointer))
;;@end
  end)

;;@repeat 0 @MAX_FIXED
(func $fill_fixed_@n (param $object (ref $Fixed@n)) (param $pointer i32)
  @each{(struct.set $Fixed@n $slot@i (local.get $object) (call $load_ref (local.get $pointer)))
  (local.set $pointer (i32.add (local.get $pointer) (i32.const 4)))
  })
;;@end

(func $fill_bytes (param $bytes (ref $Bytes)) (param $pointer i32)
  (local $i i32) (local $size i32)
  (local.set $size (array.len (local.get $bytes)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $size)))
      (array.set $Bytes (local.get $bytes) (local.get $i) (i32.load8_u (i32.add (local.get $pointer) (local.get $i))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $fill_shorts (param $shorts (ref $Shorts)) (param $pointer i32)
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $shorts))))
      (array.set $Shorts (local.get $shorts) (local.get $i) (i32.load16_u (local.get $pointer)))
      (local.set $pointer (i32.add (local.get $pointer) (i32.const 2)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $fill_words (param $words (ref $Words)) (param $pointer i32)
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $words))))
      (array.set $Words (local.get $words) (local.get $i) (i32.load (local.get $pointer)))
      (local.set $pointer (i32.add (local.get $pointer) (i32.const 4)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $fill_double_words (param $words (ref $DoubleWords)) (param $pointer i32)
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $words))))
      (array.set $DoubleWords (local.get $words) (local.get $i) (i64.load (local.get $pointer)))
      (local.set $pointer (i32.add (local.get $pointer) (i32.const 8)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $fill_method (param $method (ref $CompiledMethod)) (param $payload i32)
  (local $refs i32)
  (local.set $refs (i32.sub (i32.load (local.get $payload)) (i32.const 1)))
  (call $fill_slots (struct.get $CompiledMethod $literals (local.get $method))
    (i32.add (local.get $payload) (i32.const 8)) (local.get $refs))
  (call $fill_bytes (struct.get $CompiledMethod $bytes (local.get $method))
    (i32.add (local.get $payload) (i32.add (i32.const 12) (i32.shl (local.get $refs) (i32.const 2)))))
  (call $decode_method (local.get $method)))

;; The method comes first: the pc counts its literal frame.
(func $fill_context (param $context (ref $Context)) (param $payload i32)
  (call $context_slot_put (local.get $context) (i32.const 3)
    (call $load_ref (i32.add (local.get $payload) (i32.const 12))))
  (call $context_slot_put (local.get $context) (i32.const 0) (call $load_ref (local.get $payload)))
  (call $context_slot_put (local.get $context) (i32.const 1)
    (call $load_ref (i32.add (local.get $payload) (i32.const 4))))
  (call $context_slot_put (local.get $context) (i32.const 2)
    (call $load_ref (i32.add (local.get $payload) (i32.const 8))))
  (call $context_slot_put (local.get $context) (i32.const 4)
    (call $closure_of_saved (call $load_ref (i32.add (local.get $payload) (i32.const 16)))))
  (call $context_slot_put (local.get $context) (i32.const 5)
    (call $load_ref (i32.add (local.get $payload) (i32.const 20))))
  (call $fill_slots (struct.get $Context $slots (local.get $context)) (i32.add (local.get $payload) (i32.const 24))
    (array.len (struct.get $Context $slots (local.get $context)))))

;; Without closures the slot meant something else.
(func $closure_of_saved (param $value eqref) (result eqref)
  (if (i32.and (global.get $v3) (i32.eqz (ref.test (ref $BlockClosure) (local.get $value)))) (then (return (ref.null eq))))
  (local.get $value))

;; --- closures: after the Contexts and the code tables ---

(func $fill_closure_later (param $number i32) (param $payload i32)
  (local $at i32)
  (if (i32.lt_u (local.get $number) (i32.const 3)) (then (return)))
  (global.set $closures_loading (i32.sub (global.get $closures_loading) (i32.const 1)))
  (local.set $at (i32.shl (global.get $closures_loading) (i32.const 1)))
  (array.set $Words (global.get $closures_to_fill) (local.get $at) (local.get $number))
  (array.set $Words (global.get $closures_to_fill) (i32.add (local.get $at) (i32.const 1)) (local.get $payload)))

(func $fill_closures
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (global.get $closures_to_fill))))
      (call $fill_closure_or_block
        (array.get $Slots (global.get $loaded)
          (array.get $Words (global.get $closures_to_fill) (local.get $i)))
        (array.get $Words (global.get $closures_to_fill) (i32.add (local.get $i) (i32.const 1))))
      (local.set $i (i32.add (local.get $i) (i32.const 2)))
      (br $next)))
  (global.set $closures_to_fill (global.get $no_words)))

(func $fill_closure_or_block (param $object eqref) (param $payload i32)
  (block $closure (result eqref)
    (return_call $fill_block_context (br_on_cast_fail $closure eqref (ref $Context) (local.get $object))
      (local.get $payload)))
  (drop)
  (return_call $fill_closure (ref.cast (ref $BlockClosure) (local.get $object)) (local.get $payload)))

;; Like closures: after the homes are filled.
(func $fill_block_context (param $context (ref $Context)) (param $payload i32)
  (call $context_slot_put (local.get $context) (i32.const 5)
    (call $load_ref (i32.add (local.get $payload) (i32.const 20))))
  (call $context_slot_put (local.get $context) (i32.const 4)
    (call $load_ref (i32.add (local.get $payload) (i32.const 16))))
  (call $context_slot_put (local.get $context) (i32.const 3)
    (call $load_ref (i32.add (local.get $payload) (i32.const 12))))
  (call $context_slot_put (local.get $context) (i32.const 0) (call $load_ref (local.get $payload)))
  (call $context_slot_put (local.get $context) (i32.const 1)
    (call $load_ref (i32.add (local.get $payload) (i32.const 4))))
  (call $context_slot_put (local.get $context) (i32.const 2)
    (call $load_ref (i32.add (local.get $payload) (i32.const 8))))
  (call $fill_slots (struct.get $Context $slots (local.get $context)) (i32.add (local.get $payload) (i32.const 24))
    (array.len (struct.get $Context $slots (local.get $context)))))

(func $fill_closure (param $closure (ref $BlockClosure)) (param $payload i32)
  (local $outer eqref) (local $startpc i32) (local $code i32)
  (if (call $is_full_closure (local.get $closure))
    (then (return_call $fill_full_closure (local.get $closure) (local.get $payload))))
  (local.set $outer (call $load_ref (local.get $payload)))
  (call $fill_slots (struct.get $BlockClosure $copied (local.get $closure)) (i32.add (local.get $payload) (i32.const 12))
    (array.len (struct.get $BlockClosure $copied (local.get $closure))))
  (local.set $startpc (call $small_or (call $load_ref (i32.add (local.get $payload) (i32.const 4))) (i32.const 0)))
  (block $no_context (result eqref)
    (drop (br_on_cast_fail $no_context eqref (ref $Context) (local.get $outer)))
    (struct.set $BlockClosure $outer (local.get $closure) (local.get $outer))
    (local.set $startpc (i32.sub (local.get $startpc) (call $closure_bias (local.get $closure))))
    (struct.set $BlockClosure $startpc (local.get $closure) (local.get $startpc))
    (local.set $code (call $block_code_index (call $closure_method (local.get $closure)) (local.get $outer)
      (local.get $startpc)))
    (if (local.get $code) (then (call $set_closure_code (local.get $closure) (local.get $code))))
    (return))
  (drop)
  (struct.set $BlockClosure $startpc (local.get $closure) (local.get $startpc)))

(func $fill_full_closure (param $closure (ref $BlockClosure)) (param $payload i32)
  (local $method (ref $CompiledMethod)) (local $code i32) (local $full (ref $FullBlock))
  (local.set $full (ref.cast (ref $FullBlock) (struct.get $BlockClosure $outer (local.get $closure))))
  (struct.set $FullBlock $outer (local.get $full) (call $load_ref (local.get $payload)))
  (struct.set $FullBlock $receiver (local.get $full) (call $load_ref (i32.add (local.get $payload) (i32.const 12))))
  (call $fill_slots (struct.get $BlockClosure $copied (local.get $closure)) (i32.add (local.get $payload) (i32.const 16))
    (array.len (struct.get $BlockClosure $copied (local.get $closure))))
  (block $no_method (result eqref)
    (local.set $method (br_on_cast_fail $no_method eqref (ref $CompiledMethod)
      (call $load_ref (i32.add (local.get $payload) (i32.const 4)))))
    (struct.set $FullBlock $method (local.get $full) (local.get $method))
    (if (call $may_run_translated (local.get $method) (struct.get $FullBlock $receiver (local.get $full)))
      (then (local.set $code (call $entry_code (local.get $method) (i32.const 0)))))
    (if (local.get $code) (then (call $set_closure_code (local.get $closure) (local.get $code))))
    (return))
  (drop))

(func $set_closure_code (param $closure (ref $BlockClosure)) (param $code i32)
;;@repeat 0 15
  (block $other (result (ref $BlockClosure))
    (struct.set $BlockClosure@n $code
      (br_on_cast_fail $other (ref $BlockClosure) (ref $BlockClosure@n) (local.get $closure))
      (ref.cast (ref $Block@n) (table.get $code (local.get $code))))
    (return))
  (drop)
;;@end
)

;; --- well-known objects and tables ---

(func $load_tables
  (block $none (result eqref)
    (global.set $special_objects_array (call $loaded_object (i32.shr_u (call $header_word (i32.const 5)) (i32.const 2))))
    (global.set $special_objects (struct.get $Indexed $slots
      (br_on_cast_fail $none eqref (ref $Indexed) (global.get $special_objects_array))))
    (if (i32.lt_u (array.len (global.get $special_objects)) (i32.const 39))
      (then (global.set $load_error (i32.const 6)) (return)))
    (global.set $class_table_size (call $header_word (i32.const 6)))
    (global.set $class_table (call $load_refs (call $header_address (i32.const 7)) (global.get $class_table_size)
      (i32.add (global.get $class_table_size) (i32.const 256))))
    (global.set $literals (call $load_refs (call $header_address (i32.const 9)) (call $header_word (i32.const 8))
      (call $header_word (i32.const 8))))
    (global.set $selector_count (call $header_word (i32.const 10)))
    (global.set $selectors (call $load_refs (call $header_address (i32.const 11)) (global.get $selector_count)
      (i32.add (global.get $selector_count) (i32.const 256))))
    (call $map_selectors)
    (if (call $header_word (i32.const 20)) (then (global.set $last_hash (call $header_word (i32.const 20)))))
    (global.set $image_format (call $header_word (i32.const 16)))
    (global.set $image_flags (call $header_word (i32.const 18)))
    (global.set $saved_window_size (call $header_word (i32.const 19)))
    (call $load_image_settings)
    (call $set_class_indices)
    (return_call $set_selector_ids))
  (drop)
  (global.set $load_error (i32.const 6)))

;; What a saved image tells its next virtual machine. An address that leaves no room above it is not taken over.
(func $load_image_settings
  (local $i i32)
  (loop $next
    (array.set $Words (global.get $image_settings) (local.get $i)
      (call $header_word (i32.add (i32.const 22) (local.get $i))))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 5))))
  (local.set $i (array.get $Words (global.get $image_settings) (i32.const 4)))
  (if (i32.lt_u (i32.sub (local.get $i) (i32.const 1)) (i32.const 0x7FFFFFFF))
    (then (global.set $image_base (local.get $i)))))

(func $special_class_index (param $index i32) (result i32)
  (return_call $ensure_class_index (call $special_object (local.get $index))))

;; Its index in Spur's class table is fixed; not every image has it among the special objects.
(func $find_full_block_closure (result i32)
  (if (i32.and (ref.is_null (call $special_object (i32.const 37))) (i32.ne (i32.and (global.get $image_format) (i32.const 16)) (i32.const 0)))
    (then (if (i32.eqz (ref.is_null (call $class_at (i32.const 38)))) (then (return (i32.const 38))))))
  (return_call $special_class_index (i32.const 37)))

(func $set_class_indices
  (global.set $class_index_small_integer (call $special_class_index (i32.const 5)))
  (global.set $class_index_character (call $special_class_index (i32.const 19)))
  (call $classify_characters (global.get $characters))
  (call $classify_characters (global.get $wide_characters))
  (if (i32.eqz (global.get $v3)) (then (call $complete_byte_characters)))
  (global.set $class_index_float (call $special_class_index (i32.const 9)))
  (global.set $class_index_array (call $special_class_index (i32.const 7)))
  (global.set $class_index_string (call $special_class_index (i32.const 6)))
  (global.set $class_index_point (call $special_class_index (i32.const 12)))
  (global.set $class_index_message (call $special_class_index (i32.const 15)))
  (global.set $class_index_large_positive (call $special_class_index (i32.const 13)))
  (global.set $class_index_large_negative (call $special_class_index (i32.const 42)))
  (call $set_block_class_indices)
  (global.set $class_index_context (call $special_class_index (i32.const 10)))
  (global.set $class_index_compiled_method (call $special_class_index (i32.const 16)))
  (global.set $class_index_byte_array (call $special_class_index (i32.const 26)))
  (global.set $class_index_bitmap (call $special_class_index (i32.const 4)))
  (global.set $class_index_process (call $special_class_index (i32.const 27)))
  (global.set $class_index_semaphore (call $special_class_index (i32.const 18))))

;; Images from before Spur may have something else at the indices of closures.
(func $set_block_class_indices
  (if (global.get $v3)
    (then
      (global.set $class_index_block_context (call $special_class_index (i32.const 11)))
      (global.set $class_index_block_closure (i32.const -1))
      (global.set $class_index_full_block_closure (i32.const -1))
      (if (i32.eq (global.get $image_format) (i32.const 6502)) (then (return))))
    (else (global.set $class_index_full_block_closure (call $find_full_block_closure))))
  (global.set $class_index_block_closure (call $special_class_index (i32.const 36))))

;; Characters met while loading did not know their class yet.
(func $classify_characters (param $table (ref $Slots))
  (local $i i32)
  (loop $next
    (block $none
      (struct.set $Object $classIndex
        (ref.cast (ref $Object) (br_on_null $none (array.get $Slots (local.get $table) (local.get $i))))
        (global.get $class_index_character)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (array.len (local.get $table))))))

;; Those of bytes are read from the table without looking whether they are there.
(func $complete_byte_characters
  (local $i i32)
  (loop $next
    (drop (call $character_for (local.get $i)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 256)))))

;; Special object 23 holds selector, argument count for each of the special sends.
(func $set_selector_ids
  (local $i i32) (local $count i32)
  (global.set $selector_does_not_understand (call $selector_id (call $special_object (i32.const 20))))
  (global.set $selector_cannot_return (call $selector_id (call $special_object (i32.const 21))))
  (global.set $selector_must_be_boolean (call $selector_id (call $special_object (i32.const 25))))
  (global.set $selector_about_to_return (call $selector_id (call $special_object (i32.const 48))))
  (global.set $selector_run_with_in (call $selector_id (call $special_object (i32.const 49))))
  (global.set $selector_attempt_to_assign (call $selector_id (call $special_object (i32.const 50))))
  (local.set $count (i32.shr_u (call $slot_count (call $special_object (i32.const 23))) (i32.const 1)))
  (if (i32.lt_u (local.get $count) (i32.const 32)) (then (global.set $load_error (i32.const 6)) (return)))
  (global.set $special_selector_ids (array.new_default $Words (local.get $count)))
  (loop $next
    (array.set $Words (global.get $special_selector_ids) (local.get $i)
      (call $selector_id (call $slot_get (call $special_object (i32.const 23)) (i32.shl (local.get $i) (i32.const 1)))))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count)))))

;; --- translated code ---

;; Three words per translated method: object number, index in the table of code, required shape.
(func $load_methods
  (local $id i32) (local $count i32) (local $entry i32) (local $method (ref $CompiledMethod))
  (local.set $count (call $header_word (i32.const 12)))
  (local.set $entry (call $header_address (i32.const 13)))
  (global.set $methods (array.new_default $Methods (local.get $count)))
  (block $bad (result eqref)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $id) (local.get $count)))
        (local.set $method (br_on_cast_fail $bad eqref (ref $CompiledMethod)
          (call $loaded_object (i32.load (local.get $entry)))))
        (if (i32.ge_u (i32.load offset=4 (local.get $entry)) (table.size $code))
          (then (global.set $load_error (i32.const 8)) (return)))
        (struct.set $CompiledMethod $code (local.get $method) (i32.load offset=4 (local.get $entry)))
        (struct.set $CompiledMethod $shape (local.get $method) (i32.load offset=8 (local.get $entry)))
        (struct.set $CompiledMethod $methodId (local.get $method) (local.get $id))
        (array.set $Methods (global.get $methods) (local.get $id) (local.get $method))
        (local.set $entry (i32.add (local.get $entry) (i32.const 12)))
        (local.set $id (i32.add (local.get $id) (i32.const 1)))
        (br $next)))
    (return))
  (drop)
  (global.set $load_error (i32.const 7)))

;; Four words per entry: method id, pc, kind, index in the table of code. They become pairs in their methods.
(func $load_entries
  (local $i i32) (local $count i32) (local $entry i32) (local $counts (ref $Words)) (local $id i32)
  (local.set $count (call $header_word (i32.const 14)))
  (local.set $counts (array.new_default $Words (array.len (global.get $methods))))
  (local.set $entry (call $header_address (i32.const 15)))
  (block $counted
    (loop $next
      (br_if $counted (i32.ge_u (local.get $i) (local.get $count)))
      (local.set $id (i32.load (local.get $entry)))
      (if (i32.ge_u (local.get $id) (array.len (local.get $counts)))
        (then (global.set $load_error (i32.const 7)) (return)))
      (if (i32.ge_u (i32.load offset=12 (local.get $entry)) (table.size $code))
        (then (global.set $load_error (i32.const 8)) (return)))
      (array.set $Words (local.get $counts) (local.get $id)
        (i32.add (array.get $Words (local.get $counts) (local.get $id)) (i32.const 2)))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (local.set $i (i32.const 0))
  (local.set $entry (call $header_address (i32.const 15)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (call $add_entry (local.get $entry) (local.get $counts))
      (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; A method's count says how many words are still to come; they fill its array from behind.
(func $add_entry (param $entry i32) (param $counts (ref $Words))
  (local $id i32) (local $left i32) (local $method (ref $CompiledMethod)) (local $words (ref $Words))
  (local.set $id (i32.load (local.get $entry)))
  (local.set $method (ref.as_non_null (array.get $Methods (global.get $methods) (local.get $id))))
  (local.set $left (array.get $Words (local.get $counts) (local.get $id)))
  (if (ref.is_null (struct.get $CompiledMethod $entries (local.get $method)))
    (then (struct.set $CompiledMethod $entries (local.get $method) (array.new_default $Words (local.get $left)))))
  (local.set $words (ref.as_non_null (struct.get $CompiledMethod $entries (local.get $method))))
  (local.set $left (i32.sub (local.get $left) (i32.const 2)))
  (array.set $Words (local.get $counts) (local.get $id) (local.get $left))
  (array.set $Words (local.get $words) (local.get $left)
    (call $entry_key (i32.load offset=4 (local.get $entry)) (i32.load offset=8 (local.get $entry))))
  (array.set $Words (local.get $words) (i32.add (local.get $left) (i32.const 1)) (i32.load offset=12 (local.get $entry))))
