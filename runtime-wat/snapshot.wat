;; Saving the image (primitive 97): everything reachable from the special objects becomes an image file of the
;; image's own format, little endian, in which the active process is suspended where it asked for it. The file gets its name when it is
;; complete.

;; Words 22 to 26 of the heap file: extra memory, stack pages and code size, eden, external semaphores, address of nil.
(global $image_settings (mut (ref $Words)) (array.new_default $Words (i32.const 5)))
(global $image_base (mut i32) (i32.const 0x01000000))

;; snapshot: false here, true in the image that is resumed from the file.
(func $primitive_97 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $context (ref $Context)) (local $saved i32)
  (if (i32.eqz (call $may_walk (local.get $receiver) (local.get $depth)))
    (then (return_call $begin_capture_again (local.get $receiver) (global.get $empty_slots))))
  (local.set $context (ref.as_non_null (global.get $active_context)))
  (call $context_push (local.get $context) (global.get $true))
  (call $slot_put (call $active_process) (i32.const 1) (local.get $context))
  (call $collect)
  (local.set $saved (call $save_image))
  (call $slot_put (call $active_process) (i32.const 1) (ref.null eq))
  (call $set_context_sp (local.get $context) (i32.sub (struct.get $Context $sp (local.get $context)) (i32.const 1)))
  (select (result eqref) (global.get $false) (global.get $failed) (local.get $saved)))

;; 1 when the file is complete and has its name.
(func $save_image (result i32)
  (local $length i32) (local $name eqref)
  (local.set $length (call $host_image_name (i32.const 0)))
  (if (i32.le_s (local.get $length) (i32.const 0)) (then (return (i32.const 0))))
  (local.set $name (call $string_from_memory (i32.const 0) (local.get $length)))
  (if (i32.eqz (call $open_image_file (local.get $name))) (then (return (i32.const 0))))
  (call $walk_image)
  (call $lay_out (global.get $image_base))
  (call $write_image)
  (call $end_layout)
  (call $end_walk)
  (if (call $host_file_close (global.get $image_file)) (then (global.set $image_file_failed (i32.const 1))))
  (return_call $name_image_file (local.get $name)))

;; The name of the file while it is written goes to the transfer area; its length.
(func $unfinished_name (param $name eqref) (result i32)
  (local $length i32)
  (local.set $length (call $name_to_memory (local.get $name) (i32.const 0)))
  (i32.store align=1 (local.get $length) (i32.const 0x706D742E))     ;; .tmp
  (i32.add (local.get $length) (i32.const 4)))

(func $open_image_file (param $name eqref) (result i32)
  (local $length i32)
  (local.set $length (call $unfinished_name (local.get $name)))
  (drop (call $host_file_delete (i32.const 0) (local.get $length)))
  (global.set $image_file (call $host_file_open (i32.const 0) (local.get $length) (i32.const 1)))
  (i32.ge_s (global.get $image_file) (i32.const 0)))

(func $name_image_file (param $name eqref) (result i32)
  (local $length i32)
  (local.set $length (call $unfinished_name (local.get $name)))
  (if (i32.eqz (global.get $image_file_failed))
    (then (if (i32.eqz (call $host_file_rename (i32.const 0) (local.get $length)
          (local.get $length) (call $name_to_memory (local.get $name) (local.get $length))))
      (then (return (i32.const 1))))))
  (drop (call $host_file_delete (i32.const 0) (call $unfinished_name (local.get $name))))
  (i32.const 0))

;; Walks what belongs into the image. Closures are given their outer Contexts first, and those are walked with the rest.
(func $walk_image
  (local $i i32)
  (call $walk_special_objects)
  (loop $next
    (block $other (result (ref $Object))
      (drop (call $outer_context
        (br_on_cast_fail $other (ref $Object) (ref $BlockClosure) (call $walked (local.get $i)))))
      (global.get $true))
    (drop)
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $walk_count))))
  (call $end_walk)
  (return_call $walk_special_objects))

(func $walk_special_objects
  (call $begin_walk (i32.const 0) (ref.null eq))
  (global.set $special_objects_array (call $visit (global.get $special_objects_array)))
  (drop (call $visit (global.get $false)))
  (drop (call $visit (global.get $true)))
  (drop (call $visit (call $class_at (global.get $class_index_nil))))
  (return_call $finish_walk))
