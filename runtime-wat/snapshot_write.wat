;; Writes the laid-out objects as an image file, word by word through the transfer area.

(global $image_file (mut i32) (i32.const 0))          ;; the host's handle
(global $image_file_at (mut i32) (i32.const 0))       ;; bytes in the transfer area that are not written yet
(global $image_file_failed (mut i32) (i32.const 0))

(func $put_image_word (param $word i32)
  (i32.store (global.get $image_file_at) (local.get $word))
  (global.set $image_file_at (i32.add (global.get $image_file_at) (i32.const 4)))
  (if (i32.eq (global.get $image_file_at) (global.get $transfer_size)) (then (call $flush_image_file))))

(func $flush_image_file
  (if (i32.ne (global.get $image_file_at)
        (call $host_file_write (global.get $image_file) (i32.const 0) (global.get $image_file_at)))
    (then (global.set $image_file_failed (i32.const 1))))
  (global.set $image_file_at (i32.const 0)))

(func $put_image_ref (param $value eqref)
;;@if WORD64
  (return_call $put_image_double_word (call $image_word (local.get $value)) (i32.const 1)))
;;@else
  (return_call $put_image_word (call $image_word (local.get $value))))
;;@endif

;; A number or address in a word of the image's size.
(func $put_image_full_word (param $word i32)
  (call $put_image_word (local.get $word))
  (if (i32.eq (global.get $word_size) (i32.const 8)) (then (call $put_image_word (i32.const 0)))))

(func $put_image_nils (param $count i32)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $count)))
      (call $put_image_full_word (global.get $image_nil))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next))))

;; So many words that are all the same.
(func $put_image_filling (param $count i32) (param $word i32)
  (block $done
    (loop $next
      (br_if $done (i32.eqz (local.get $count)))
      (call $put_image_word (local.get $word))
      (local.set $count (i32.sub (local.get $count) (i32.const 1)))
      (br $next))))

;; What is left of a body after its slots. Bodies end at 8 bytes, so that in 64-bit images only the last slot of data that
;; was written by 32 bits is left.
(func $put_image_padding (param $slots i32)
  (if (i32.eqz (local.get $slots)) (then (return_call $put_image_filling (i32.const 2) (i32.const 0))))
  (if (i32.and (global.get $image_file_at) (i32.const 4)) (then (call $put_image_word (i32.const 0)))))

(func $put_image_header (param $slots i32) (param $format i32) (param $classIndex i32) (param $hash i32)
  (local $count i32)
  (local.set $count (local.get $slots))
  (if (i32.ge_u (local.get $slots) (i32.const 255))
    (then
      (local.set $count (i32.const 255))
      (call $put_image_word (local.get $slots))
      (call $put_image_word (i32.const 0xFF000000))))
  (call $put_image_word
    (i32.or (i32.or (local.get $classIndex) (i32.shl (local.get $format) (i32.const 24)))
      (i32.or (i32.shl (i32.and (local.get $hash) (i32.const 0x400000)) (i32.const 1))       ;; immutable
        (i32.shl (i32.and (local.get $hash) (i32.const 0x800000)) (i32.const 7)))))          ;; pinned
  (call $put_image_word
    (i32.or (i32.and (local.get $hash) (i32.const 0x3FFFFF)) (i32.shl (local.get $count) (i32.const 24)))))

;; --- the file ---

(func $write_image
  (global.set $image_file_at (i32.const 0))
  (global.set $image_file_failed (i32.const 0))
  (call $write_image_header)
  (if (global.get $v3) (then (return_call $v3_write_objects)))
  (call $write_leading_object (global.get $class_index_nil) (global.get $nil_hash))
  (call $write_boolean (global.get $false))
  (call $write_boolean (global.get $true))
  (call $put_image_header (global.get $free_list_count) (global.get $free_list_format)
    (global.get $free_list_class_index) (i32.const 0))
  (call $put_image_filling (i32.shl (global.get $free_list_count) (i32.sub (global.get $word_shift) (i32.const 2)))
    (i32.const 0))
  (call $write_class_table)
  (call $write_walked_objects)
  (call $write_bridge)
  (call $flush_image_file))

(func $write_image_header
  (local $size i32)
  (local.set $size (i32.sub (global.get $layout_end) (global.get $image_base)))
  (if (i32.eqz (global.get $v3)) (then (local.set $size (i32.add (local.get $size) (i32.const 16)))))       ;; the bridge
  (call $put_image_word (global.get $image_format))
  (call $put_image_word (i32.shl (i32.const 16) (global.get $word_shift)))
  (call $put_image_full_word (local.get $size))
  (call $put_image_full_word (global.get $image_base))
  (call $put_image_ref (global.get $special_objects_array))
  (call $put_image_full_word (global.get $last_hash))
  (call $put_image_full_word (call $host_screen_size))
  (call $put_image_full_word (global.get $image_flags))
  (call $put_image_word (array.get $Words (global.get $image_settings) (i32.const 0)))
  (call $put_image_word (array.get $Words (global.get $image_settings) (i32.const 1)))
  (call $put_image_word (array.get $Words (global.get $image_settings) (i32.const 2)))
  (call $put_image_word (array.get $Words (global.get $image_settings) (i32.const 3)))
  (call $put_image_full_word (select (i32.const 0) (local.get $size) (global.get $v3)))        ;; one segment
  (return_call $put_image_filling (select (i32.const 12) (i32.const 3) (i32.eq (global.get $word_size) (i32.const 8)))
    (i32.const 0)))

(func $write_leading_object (param $classIndex i32) (param $hash i32)
  (call $put_image_header (i32.const 0) (i32.const 0) (local.get $classIndex) (local.get $hash))
  (return_call $put_image_padding (i32.const 0)))

(func $write_boolean (param $object (ref $Object))
  (return_call $write_leading_object (struct.get $Object $classIndex (local.get $object))
    (array.get $Words (global.get $laid_out_hashes) (struct.get $Object $hash (local.get $object)))))

(func $write_class_table
  (local $page i32) (local $pages i32)
  (local.set $pages (call $class_page_count))
  (call $put_image_header (global.get $hidden_root_count) (i32.const 2) (i32.const 16) (i32.const 0))
  (loop $roots
    (call $put_image_full_word (call $class_page_address (local.get $page)))
    (br_if $roots (i32.lt_u (local.tee $page (i32.add (local.get $page) (i32.const 1))) (local.get $pages))))
  (call $put_image_nils (i32.sub (global.get $hidden_root_count) (local.get $pages)))
  (local.set $page (i32.const 0))
  (loop $contents
    (call $write_class_page (i32.mul (local.get $page) (global.get $class_table_page_size)))
    (br_if $contents (i32.lt_u (local.tee $page (i32.add (local.get $page) (i32.const 1))) (local.get $pages)))))

(func $write_class_page (param $index i32)
  (local $end i32)
  (local.set $end (i32.add (local.get $index) (global.get $class_table_page_size)))
  (call $put_image_header (global.get $class_table_page_size) (i32.const 2) (i32.const 16) (i32.const 0))
  (loop $next
    (call $put_image_ref (call $class_at (local.get $index)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (local.get $end)))))

;; The end of the last segment: no distance to a next one, and its size 0.
(func $write_bridge
  (call $put_image_word (i32.const 0x4A000003))
  (call $put_image_word (i32.const 0x00800000))
  (return_call $put_image_filling (i32.const 2) (i32.const 0)))

;; --- objects ---

(func $write_walked_objects
  (local $i i32)
  (loop $next
    (if (i32.eqz (call $is_boolean (call $walked (local.get $i))))
      (then (call $write_object (call $walked (local.get $i))
        (array.get $Words (global.get $laid_out_hashes) (local.get $i)))))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $walk_count)))))

(func $write_object (param $object (ref $Object)) (param $hash i32)
  (local $slots i32)
  (local.set $slots (call $image_slots (local.get $object)))
  (call $put_object_header (local.get $slots) (call $image_object_format (local.get $object))
    (struct.get $Object $classIndex (local.get $object)) (local.get $hash))
  (if (i32.lt_s (call $image_bytes (local.get $object)) (i32.const 0))
    (then (call $write_slots (local.get $object) (local.get $slots)))
    (else (call $write_raw (local.get $object))))
  (if (global.get $v3) (then (return)))
  (return_call $put_image_padding (local.get $slots)))

(func $put_object_header (param $slots i32) (param $format i32) (param $classIndex i32) (param $hash i32)
  (if (global.get $v3)
    (then (return_call $v3_put_header (local.get $slots) (local.get $format) (local.get $classIndex) (local.get $hash))))
  (return_call $put_image_header (local.get $slots) (local.get $format) (local.get $classIndex) (local.get $hash)))

(func $write_slots (param $object (ref $Object)) (param $count i32)
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
      (call $put_image_ref (call $slot_get (local.get $object) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $write_raw (param $object (ref $Object))
  (block $other (result (ref $Object))
    (return_call $write_bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $other (ref $Object) (ref $ByteObject) (local.get $object)))))
  (drop)
  (block $other (result (ref $Object))
    (return_call $write_words (struct.get $WordObject $words
      (br_on_cast_fail $other (ref $Object) (ref $WordObject) (local.get $object)))))
  (drop)
  (block $other (result (ref $Object))
    (return_call $write_float (struct.get $Float $value
      (br_on_cast_fail $other (ref $Object) (ref $Float) (local.get $object)))))
  (drop)
  (block $other (result (ref $Object))
    (return_call $write_method (br_on_cast_fail $other (ref $Object) (ref $CompiledMethod) (local.get $object))))
  (drop)
  (block $other (result (ref $Object))
    (return_call $write_shorts (struct.get $ShortObject $shorts
      (br_on_cast_fail $other (ref $Object) (ref $ShortObject) (local.get $object)))))
  (return_call $write_double_words (struct.get $DoubleWordObject $doubleWords (ref.cast (ref $DoubleWordObject)))))

(func $write_method (param $method (ref $CompiledMethod))
  (call $write_slots (local.get $method)
    (i32.add (i32.const 1) (array.len (struct.get $CompiledMethod $literals (local.get $method)))))
  (return_call $write_bytes (struct.get $CompiledMethod $bytes (local.get $method))))

(func $write_bytes (param $bytes (ref $Bytes))
  (local $i i32) (local $size i32) (local $word i32)
  (local.set $size (array.len (local.get $bytes)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $size)))
      (local.set $word (i32.or (local.get $word)
        (i32.shl (array.get_u $Bytes (local.get $bytes) (local.get $i))
          (i32.shl (i32.and (local.get $i) (i32.const 3)) (i32.const 3)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.and (i32.lt_u (local.get $i) (local.get $size))
        (i32.ne (i32.and (local.get $i) (i32.const 3)) (i32.const 0))))
      (call $put_image_word (local.get $word))
      (local.set $word (i32.const 0))
      (br $next))))

(func $write_shorts (param $shorts (ref $Shorts))
  (local $i i32) (local $size i32) (local $word i32)
  (local.set $size (array.len (local.get $shorts)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $size)))
      (local.set $word (i32.or (local.get $word)
        (i32.shl (array.get_u $Shorts (local.get $shorts) (local.get $i))
          (i32.shl (i32.and (local.get $i) (i32.const 1)) (i32.const 4)))))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $next (i32.and (i32.lt_u (local.get $i) (local.get $size)) (i32.and (local.get $i) (i32.const 1))))
      (call $put_image_word (local.get $word))
      (local.set $word (i32.const 0))
      (br $next))))

(func $write_words (param $words (ref $Words))
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $words))))
      (call $put_image_word (array.get $Words (local.get $words) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

(func $write_double_words (param $words (ref $DoubleWords))
  (local $i i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (array.len (local.get $words))))
      (call $put_image_double_word (array.get $DoubleWords (local.get $words) (local.get $i)) (i32.const 1))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next))))

;; Bit 1 of the image's flags: the less significant word of a Float comes first. Before Spur the format's number says it.
(func $write_float (param $value f64)
  (return_call $put_image_double_word (i64.reinterpret_f64 (local.get $value))
    (select (i32.eq (global.get $image_format) (i32.const 6505)) (i32.and (global.get $image_flags) (i32.const 2))
      (global.get $v3))))

(func $put_image_double_word (param $bits i64) (param $lowFirst i32)
  (if (i32.eqz (local.get $lowFirst)) (then (local.set $bits (i64.rotl (local.get $bits) (i64.const 32)))))
  (call $put_image_word (i32.wrap_i64 (local.get $bits)))
  (return_call $put_image_word (i32.wrap_i64 (i64.shr_u (local.get $bits) (i64.const 32)))))
