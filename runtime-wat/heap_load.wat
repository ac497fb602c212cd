;; Loads the heap file (types/README.md) out of linear memory: makes all objects, then fills them, then sets the globals
;; that stand for well-known objects. A damaged file is an error number and a message, never a trap.

;; Records of 56 bytes, one per error number.
(data $load_messages
  "the file is not a heap file                             "
  "the heap file has another version                       "
  "the heap file is truncated                              "
  "the heap file is damaged: an object lies outside        "
  "the heap file is damaged: a reference to no object      "
  "the heap file is damaged: no special objects            "
  "the heap file is damaged: its code tables               "
  "the heap file does not belong to this module            ")

(global $load_base (mut i32) (i32.const 0))          ;; where the file begins
(global $load_end (mut i32) (i32.const 0))
(global $load_error (mut i32) (i32.const 0))
(global $load_count (mut i32) (i32.const 0))
(global $closures_loading (mut i32) (i32.const 0))   ;; closures met in the first pass
(global $loaded (mut (ref $Slots)) (global.get $empty_slots))   ;; object number -> object, while loading

;; 0, or the number of an error that was reported. The host has checked that it read as many bytes as word 21 says.
(func $load_heap (export "loadHeap") (param $pointer i32) (result i32)
  (global.set $load_base (local.get $pointer))
  (global.set $load_error (i32.const 0))
  (call $check_header (call $memory_from (local.get $pointer)))
  (if (i32.eqz (global.get $load_error)) (then (call $make_objects)))
  (if (i32.eqz (global.get $load_error)) (then (call $fill_objects)))
  (if (i32.eqz (global.get $load_error)) (then (call $load_tables)))
  (if (i32.eqz (global.get $load_error)) (then (call $load_methods)))
  (if (i32.eqz (global.get $load_error)) (then (call $load_entries)))
  (if (i32.eqz (global.get $load_error)) (then (call $fill_closures)))
  (global.set $loaded (global.get $empty_slots))
  (if (global.get $load_error) (then (call $report_load_error)))
  (global.get $load_error))

(func $report_load_error
  (local $length i32)
  (memory.init $load_messages (i32.const 0)
    (i32.mul (i32.sub (global.get $load_error) (i32.const 1)) (i32.const 56)) (i32.const 56))
  (local.set $length (i32.const 56))
  (loop $trim
    (if (i32.eq (i32.load8_u (i32.sub (local.get $length) (i32.const 1))) (i32.const 32))
      (then (local.set $length (i32.sub (local.get $length) (i32.const 1))) (br $trim))))
  (call $host_report (i32.const 0) (local.get $length)))

;; --- header ---

;; Bytes of linear memory from an address on.
(func $memory_from (param $pointer i32) (result i32)
  (local $bytes i32)
  (local.set $bytes (i32.shl (memory.size) (i32.const 16)))
  (if (i32.gt_u (local.get $pointer) (local.get $bytes)) (then (return (i32.const 0))))
  (i32.sub (local.get $bytes) (local.get $pointer)))

(func $header_word (param $index i32) (result i32)
  (i32.load (i32.add (global.get $load_base) (i32.shl (local.get $index) (i32.const 2)))))

;; The address of what header word $index is the offset of.
(func $header_address (param $index i32) (result i32)
  (i32.add (global.get $load_base) (call $header_word (local.get $index))))

(func $check_header (param $length i32)
  (local $size i32)
  (if (i32.lt_u (local.get $length) (i32.const 128)) (then (global.set $load_error (i32.const 3)) (return)))
  (if (i32.ne (call $header_word (i32.const 0)) (i32.const 0x48575453))
    (then (global.set $load_error (i32.const 1)) (return)))
  (if (i32.ne (call $header_word (i32.const 1)) (i32.const 1)) (then (global.set $load_error (i32.const 2)) (return)))
  (local.set $size (call $header_word (i32.const 21)))
  (if (i32.or (i32.gt_u (local.get $size) (local.get $length)) (i32.lt_u (local.get $size) (i32.const 128)))
    (then (global.set $load_error (i32.const 3)) (return)))
  (if (i32.ne (call $header_word (i32.const 17)) (global.get $word_size))
    (then (global.set $load_error (i32.const 8)) (return)))
  (global.set $load_end (i32.add (global.get $load_base) (local.get $size)))
  (global.set $load_count (call $header_word (i32.const 2)))
  (call $check_table (i32.const 2) (i32.const 3) (i32.const 16))
  (call $check_table (i32.const 6) (i32.const 7) (i32.const 4))
  (call $check_table (i32.const 8) (i32.const 9) (i32.const 4))
  (call $check_table (i32.const 10) (i32.const 11) (i32.const 4))
  (call $check_table (i32.const 12) (i32.const 13) (i32.const 12))
  (call $check_table (i32.const 14) (i32.const 15) (i32.const 16))
  ;; nil, false and true at least; and class indices that the method caches' keys can hold
  (if (i32.or (i32.lt_u (global.get $load_count) (i32.const 3))
        (i32.gt_u (call $header_word (i32.const 6)) (i32.const 0x7FFF)))
    (then (global.set $load_error (i32.const 4))))
  (if (i32.gt_u (call $header_word (i32.const 4)) (local.get $size)) (then (global.set $load_error (i32.const 4)))))

;; That a table of so many records lies in the file, aligned.
(func $check_table (param $count i32) (param $offset i32) (param $record i32)
  (local $start i32) (local $room i32)
  (local.set $start (call $header_word (local.get $offset)))
  (local.set $room (i32.sub (call $header_word (i32.const 21)) (local.get $start)))
  (if (i32.or (i32.gt_u (local.get $start) (call $header_word (i32.const 21)))
        (i32.gt_u (call $header_word (local.get $count)) (i32.div_u (local.get $room) (local.get $record))))
    (then (global.set $load_error (i32.const 4)))))

;; --- first pass: the objects, empty ---

(func $make_objects
  (local $number i32) (local $entry i32) (local $payload i32) (local $bytes i32) (local $objects (ref $Slots))
  (global.set $closures_loading (i32.const 0))
  (local.set $objects (array.new_default $Slots (global.get $load_count)))
  (global.set $loaded (local.get $objects))
  (local.set $entry (call $header_address (i32.const 3)))
  (local.set $payload (call $header_address (i32.const 4)))
  (global.set $nil_hash (i32.and (i32.load offset=8 (local.get $entry)) (i32.const 0x3FFFFF)))
  (global.set $class_index_nil (i32.load offset=4 (local.get $entry)))
  (loop $next
    (local.set $bytes (call $payload_bytes (local.get $entry)))
    (if (i32.gt_u (local.get $bytes) (i32.sub (global.get $load_end) (local.get $payload)))
      (then (global.set $load_error (i32.const 4)) (return)))
    (if (i32.ge_u (local.get $number) (i32.const 3))
      (then (array.set $Slots (local.get $objects) (local.get $number)
        (call $make_object (local.get $entry) (local.get $payload)))))
    (if (global.get $load_error) (then (return)))
    (local.set $payload (i32.add (local.get $payload) (local.get $bytes)))
    (local.set $entry (i32.add (local.get $entry) (i32.const 16)))
    (br_if $next (i32.lt_u (local.tee $number (i32.add (local.get $number) (i32.const 1))) (global.get $load_count))))
  (local.set $entry (call $header_address (i32.const 3)))
  (call $adopt_boolean (global.get $false) (i32.const 1) (i32.add (local.get $entry) (i32.const 16)))
  (call $adopt_boolean (global.get $true) (i32.const 2) (i32.add (local.get $entry) (i32.const 32))))

(func $adopt_boolean (param $object (ref $Fixed0)) (param $number i32) (param $entry i32)
  (array.set $Slots (global.get $loaded) (local.get $number) (local.get $object))
  (struct.set $Object $classIndex (local.get $object) (i32.load offset=4 (local.get $entry)))
  (struct.set $Object $hash (local.get $object) (i32.and (i32.load offset=8 (local.get $entry)) (i32.const 0xFFFFFF))))

;; Bytes of an object's payload, padded, by its directory entry; more than any file has when the size is out of all reason.
(func $payload_bytes (param $entry i32) (result i32)
  (local $shape i32) (local $size i32)
  (local.set $shape (i32.load8_u (local.get $entry)))
  (local.set $size (i32.load offset=12 (local.get $entry)))
  (if (i32.gt_u (local.get $size) (i32.const 0x0FFFFFFF)) (then (return (i32.const -4))))
  (block $bytes
    (block $shorts
      (block $double
        (block $words
          (br_table $words $words $words $bytes $shorts $words $double $bytes $words $words $words $words $words
            (local.get $shape)))
        (return (i32.shl (local.get $size) (i32.const 2))))
      (return (i32.shl (local.get $size) (i32.const 3))))
    (local.set $size (i32.shl (local.get $size) (i32.const 1))))
  (i32.and (i32.add (local.get $size) (i32.const 3)) (i32.const -4)))

(func $make_object (param $entry i32) (param $payload i32) (result eqref)
  (local $class i32) (local $hash i32) (local $size i32) (local $object (ref null $Object))
  (local.set $class (i32.load offset=4 (local.get $entry)))
  (local.set $hash (i32.and (i32.load offset=8 (local.get $entry)) (i32.const 0xFFFFFF)))
  (local.set $size (i32.load offset=12 (local.get $entry)))
  (block $bad
   (block $float
    (block $block_context (block $full_closure (block $closure (block $context (block $method (block $double (block $words (block $shorts (block $bytes
      (block $weak (block $indexed (block $fixed
;;@if WORD64
        (if (i32.eq (i32.load8_u (local.get $entry)) (i32.const 12))
          (then (return_call $make_wide_integer (local.get $size) (local.get $payload))))
;;@endif
        (br_table $fixed $indexed $weak $bytes $shorts $words $double $float $method $context $closure $fixed $bad $full_closure $block_context $bad
          (i32.load8_u (local.get $entry))))
        (br_if $bad (i32.gt_u (local.get $size) (i32.const 40)))
        (local.set $object (call $new_fixed (local.get $size) (local.get $class)))
        (struct.set $Object $hash (local.get $object) (local.get $hash))
        (return (local.get $object)))
        (return (struct.new $Indexed (local.get $class) (local.get $hash) (array.new_default $Slots (local.get $size)))))
        (return (call $new_weak (local.get $class) (local.get $hash) (array.new_default $Slots (local.get $size)))))
        (return (struct.new $ByteObject (local.get $class) (local.get $hash) (array.new_default $Bytes (local.get $size)))))
        (return (struct.new $ShortObject (local.get $class) (local.get $hash) (array.new_default $Shorts (local.get $size)))))
        (return (struct.new $WordObject (local.get $class) (local.get $hash) (array.new_default $Words (local.get $size)))))
        (return (struct.new $DoubleWordObject (local.get $class) (local.get $hash)
          (array.new_default $DoubleWords (local.get $size)))))
        (return_call $make_method (local.get $class) (local.get $hash) (local.get $size) (local.get $payload)))
      (br_if $bad (i32.lt_u (local.get $size) (i32.const 6)))
      (local.set $object (call $new_context_instance (local.get $class) (i32.sub (local.get $size) (i32.const 6))))
      (struct.set $Object $hash (local.get $object) (local.get $hash))
      (return (local.get $object)))
     (br_if $bad (i32.lt_u (local.get $size) (i32.const 3)))
     (return_call $make_loaded_closure (local.get $class) (local.get $hash)
       (i32.shr_s (i32.load offset=8 (local.get $payload)) (i32.const 1)) (i32.sub (local.get $size) (i32.const 3))
       (ref.null eq)))
     (br_if $bad (i32.lt_u (local.get $size) (i32.const 4)))
     (return_call $make_loaded_closure (local.get $class) (local.get $hash)
       (i32.shr_s (i32.load offset=8 (local.get $payload)) (i32.const 1)) (i32.sub (local.get $size) (i32.const 4))
       (struct.new $FullBlock (ref.null eq) (global.get $no_method) (ref.null eq))))
     (br_if $bad (i32.lt_u (local.get $size) (i32.const 6)))
     (global.set $closures_loading (i32.add (global.get $closures_loading) (i32.const 1)))
     (local.set $object (call $new_block_context_instance (i32.sub (local.get $size) (i32.const 6))))
     (struct.set $Object $classIndex (local.get $object) (local.get $class))
     (struct.set $Object $hash (local.get $object) (local.get $hash))
     (return (local.get $object)))
   (br_if $bad (i32.ne (local.get $size) (i32.const 8)))
   (return (struct.new $Float (local.get $class) (local.get $hash) (f64.load (local.get $payload)))))
  (global.set $load_error (i32.const 4))
  (ref.null eq))

;; Payload: count of refs, refs, count of bytes, bytes.
(func $make_method (param $class i32) (param $hash i32) (param $words i32) (param $payload i32) (result eqref)
  (local $refs i32) (local $bytes i32) (local $method (ref $CompiledMethod))
  (if (i32.lt_u (local.get $words) (i32.const 3)) (then (global.set $load_error (i32.const 4)) (return (ref.null eq))))
  (local.set $refs (i32.load (local.get $payload)))
  (if (i32.or (i32.eqz (local.get $refs))
        (i32.gt_u (local.get $refs) (i32.sub (local.get $words) (i32.const 2))))
    (then (global.set $load_error (i32.const 4)) (return (ref.null eq))))
  (local.set $bytes (i32.load offset=4
    (i32.add (local.get $payload) (i32.shl (local.get $refs) (i32.const 2)))))
  (if (i32.gt_u (local.get $bytes)
        (i32.shl (i32.sub (i32.sub (local.get $words) (local.get $refs)) (i32.const 2)) (i32.const 2)))
    (then (global.set $load_error (i32.const 4)) (return (ref.null eq))))
  (local.set $method (call $method_with (local.get $class)
    (i32.shr_s (i32.load offset=4 (local.get $payload)) (i32.const 1))
    (array.new_default $Slots (i32.sub (local.get $refs) (i32.const 1)))
    (array.new_default $Bytes (local.get $bytes))))
  (struct.set $CompiledMethod $hash (local.get $method) (local.get $hash))
  (local.get $method))

;;@if WORD64
(func $make_wide_integer (param $words i32) (param $payload i32) (result eqref)
  (if (i32.ne (local.get $words) (i32.const 2)) (then (global.set $load_error (i32.const 4)) (return (ref.null eq))))
  (struct.new $WideInteger (i32.const 1) (i32.const 0) (i64.load (local.get $payload))))

;;@endif
(func $make_loaded_closure (param $class i32) (param $hash i32) (param $numArgs i32) (param $copied i32)
    (param $outer eqref) (result eqref)
  (global.set $closures_loading (i32.add (global.get $closures_loading) (i32.const 1)))
;;@repeat 0 15
  (if (i32.eq (local.get $numArgs) (i32.const @n))
    (then (return (struct.new $BlockClosure@n (local.get $class) (local.get $hash) (local.get $outer) (i32.const 0)
      (local.get $numArgs) (array.new_default $Slots (local.get $copied)) (ref.func $interpret_block_@n)))))
;;@end
  (struct.new $BlockClosure (local.get $class) (local.get $hash) (local.get $outer) (i32.const 0) (local.get $numArgs)
    (array.new_default $Slots (local.get $copied))))
