;; Saving images from before Spur: an object's header has one word to three, for its size and its class where these do not fit
;; into the last of them, to which object pointers point.

;; The class's place among the compact classes, from 1 on; 0 for others.
(func $v3_compact_index (param $classIndex i32) (result i32)
  (i32.and (i32.const 31)
    (i32.shr_u (call $format_word (call $class_at (local.get $classIndex)) (i32.const 0)) (i32.const 11))))

;; Bytes of an object with its last header word, which has six bits for their number of words.
(func $v3_byte_size (param $slots i32) (result i32)
  (i32.shl (i32.add (local.get $slots) (i32.const 1)) (i32.const 2)))

;; The low bits of each header word: 0 three words (size, class), 1 two (class), 3 one.
(func $v3_header_type (param $slots i32) (param $classIndex i32) (result i32)
  (if (i32.gt_u (call $v3_byte_size (local.get $slots)) (i32.const 252)) (then (return (i32.const 0))))
  (select (i32.const 3) (i32.const 1) (call $v3_compact_index (local.get $classIndex))))

(func $v3_place (param $slots i32) (param $classIndex i32) (result i32)
  (local $address i32) (local $type i32)
  (local.set $type (call $v3_header_type (local.get $slots) (local.get $classIndex)))
  (local.set $address (i32.add (global.get $layout_end)
    (select (i32.shl (i32.sub (i32.const 2) (local.get $type)) (i32.const 2)) (i32.const 0)
      (i32.ne (local.get $type) (i32.const 3)))))
  (global.set $layout_end (i32.add (local.get $address) (call $v3_byte_size (local.get $slots))))
  (local.get $address))

(func $v3_lay_out
  (global.set $image_nil (call $v3_place (i32.const 0) (global.get $class_index_nil)))
  (return_call $place_walked))

(func $v3_raw_format (param $object (ref $Object)) (param $unused i32) (result i32)
  (if (ref.test (ref $ByteObject) (local.get $object)) (then (return (i32.add (i32.const 8) (local.get $unused)))))
  (if (ref.test (ref $CompiledMethod) (local.get $object)) (then (return (i32.add (i32.const 12) (local.get $unused)))))
  (i32.const 6))

(func $v3_write_objects
  (local $i i32)
  (call $v3_put_header (i32.const 0) (i32.const 0) (global.get $class_index_nil) (global.get $nil_hash))
  (loop $next
    (call $write_object (call $walked (local.get $i))
      (call $v3_saved_hash (array.get $Words (global.get $laid_out_hashes) (local.get $i)) (local.get $i)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $walk_count))))
  (return_call $flush_image_file))

;; In the file every object has a hash. Those that were never asked for theirs get one that scatters them.
(func $v3_saved_hash (param $hash i32) (param $number i32) (result i32)
  (if (i32.and (local.get $hash) (i32.const 0x1000)) (then (return (local.get $hash))))
  (i32.shr_u (i32.mul (local.get $number) (i32.const 0x9E3779B1)) (i32.const 20)))

(func $v3_put_header (param $slots i32) (param $format i32) (param $classIndex i32) (param $hash i32)
  (local $type i32) (local $size i32)
  (local.set $type (call $v3_header_type (local.get $slots) (local.get $classIndex)))
  (local.set $size (call $v3_byte_size (local.get $slots)))
  (if (i32.eqz (local.get $type)) (then (call $put_image_word (local.get $size))))
  (if (i32.ne (local.get $type) (i32.const 3))
    (then (call $put_image_word (i32.or (local.get $type)
      (call $image_address (ref.cast (ref $Object) (call $class_at (local.get $classIndex))))))))
  (return_call $put_image_word
    (i32.or
      (i32.or (i32.shl (i32.and (local.get $hash) (i32.const 0xFFF)) (i32.const 17))
        (i32.shl (call $v3_compact_index (local.get $classIndex)) (i32.const 12)))
      (i32.or (i32.shl (local.get $format) (i32.const 8))
        (i32.or (select (local.get $size) (i32.const 0) (local.get $type)) (local.get $type))))))
