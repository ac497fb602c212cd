;; Numbered primitives that ask about the system or set it up: attributes, names, parameters, registered Semaphores.

(global $image_format (mut i32) (i32.const 6521))       ;; set by the loader, as the next two
(global $image_flags (mut i32) (i32.const 0))
(global $saved_window_size (mut i32) (i32.const 0))

;; --- texts from and to the host ---

;; The String of $length bytes in the transfer area; the primitive fails when the host had nothing (-1).
(func $string_or_failed (param $length i32) (result eqref)
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return_call $fail_with (i32.const 11))))
  (return_call $string_from_memory (i32.const 0) (local.get $length)))

;; getSystemAttribute:
(func $primitive_149 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (ref.test (ref i31) (local.get $index))) (then (return_call $fail_with (i32.const 3))))
  (return_call $string_or_failed
    (call $host_attribute (call $small_or (local.get $index) (i32.const 0)) (i32.const 0))))

;; imageName, imageName:
(func $primitive_121_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $string_or_failed (call $host_image_name (i32.const 0))))

(func $primitive_121 (param $receiver eqref) (param $name eqref) (param $depth i32) (result eqref)
  (local $length i32)
  (local.set $length (call $string_to_memory (local.get $name) (i32.const 0) (i32.const 16384)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (call $host_set_image_name (i32.const 0) (local.get $length))
  (local.get $receiver))

;; vmPath
(func $primitive_142 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $string_or_failed (call $host_vm_path (i32.const 0))))

;; clipboardText, clipboardText:
(func $primitive_141_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $length i32)
  (local.set $length (call $host_clipboard_read (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (local.set $length (i32.const 0))))
  (return_call $string_from_memory (i32.const 0) (local.get $length)))

(func $primitive_141 (param $receiver eqref) (param $text eqref) (param $depth i32) (result eqref)
  (local $length i32)
  (local.set $length (call $string_to_memory (local.get $text) (i32.const 0) (i32.const 65536)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return_call $fail_with (i32.const 3))))
  (call $host_clipboard_write (i32.const 0) (local.get $length))
  (local.get $receiver))

;; --- special objects ---

;; specialObjectsArray
(func $primitive_129 (param $receiver eqref) (param $depth i32) (result eqref)
  (global.get $special_objects_array))

;; Registers a Semaphore; anything else takes the registration away.
(func $register_semaphore (param $index i32) (param $semaphore eqref)
  (if (i32.ge_u (local.get $index) (array.len (global.get $special_objects))) (then (return)))
  (array.set $Slots (global.get $special_objects) (local.get $index)
    (select (result eqref) (local.get $semaphore) (ref.null eq)
      (i32.eq (call $class_index_of (local.get $semaphore)) (global.get $class_index_semaphore)))))

;; lowSpaceSemaphore:, interruptSemaphore:
(func $primitive_124 (param $receiver eqref) (param $semaphore eqref) (param $depth i32) (result eqref)
  (call $register_semaphore (i32.const 17) (local.get $semaphore))
  (local.get $receiver))

(func $primitive_134 (param $receiver eqref) (param $semaphore eqref) (param $depth i32) (result eqref)
  (call $register_semaphore (i32.const 30) (local.get $semaphore))
  (local.get $receiver))

;; --- parameters of the VM ---

(global $parameter_count i32 (i32.const 74))

;; nil for what has no meaning here.
(func $vm_parameter (param $index i32) (result eqref)
  (block $nil (block $zero (block $free (block $word (block $format (block $flags (block $semaphores (block $features
    (block $one
      (br_table
        ;; 0 .. 9
        $nil $free $free $free $nil $nil $nil $zero $zero $zero
        ;; 10 .. 19: collections; 16 .. 19 idle time and clocks
        $zero $zero $nil $nil $nil $nil $zero $zero $zero $zero
        ;; 20 .. 29
        $zero $zero $zero $zero $zero $zero $zero $nil $nil $nil
        ;; 30 .. 39
        $nil $nil $nil $nil $nil $nil $nil $nil $nil $nil
        ;; 40 .. 49; 42 stack pages: that there are some is how an image knows that Contexts may be married to native frames
        $word $format $one $zero $zero $zero $zero $zero $flags $semaphores
        ;; 50 .. 59
        $nil $nil $zero $one $free $nil $zero $zero $zero $zero
        ;; 60 .. 69
        $zero $zero $zero $zero $zero $features $zero $zero $nil $nil
        ;; 70 .. 74
        $one $zero $zero $zero $zero $nil
        (local.get $index)))
    (return (ref.i31 (i32.const 1))))
    ;; methods of more than one bytecode set; immutable objects
    (return (ref.i31 (i32.or (i32.const 1) (i32.shl (global.get $immutability) (i32.const 1))))))
    (return (ref.i31 (i32.const 1024))))
    (return (ref.i31 (global.get $image_flags))))
    (return (ref.i31 (global.get $image_format))))
    (return (ref.i31 (global.get $word_size))))
    (return (ref.i31 (global.get $free_bytes))))
    (return (ref.i31 (i32.const 0))))
  (ref.null eq))

;; All parameters; one; setting one, which answers the old value and changes nothing.
(func $primitive_254_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $all (ref $Slots)) (local $i i32)
  (local.set $all (array.new_default $Slots (global.get $parameter_count)))
  (loop $next
    (array.set $Slots (local.get $all) (local.get $i)
      (call $vm_parameter (i32.add (local.get $i) (i32.const 1))))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (global.get $parameter_count))))
  (return_call $new_array_with (local.get $all)))

(func $primitive_254 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (i32.ge_u (call $index_argument (local.get $index)) (global.get $parameter_count))
    (then (return_call $fail_with (i32.const 4))))
  (return_call $vm_parameter (call $small_or (local.get $index) (i32.const 0))))

(func $primitive_254_2 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (return_call $primitive_254 (local.get $receiver) (local.get $index) (local.get $depth)))

(func $primitive__primitiveImageFormatVersion (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $integer_of (global.get $image_format)))

;; Whether the image says of itself, in the number of its format, that it has methods of a second bytecode set; changing that.
;; It changes what is written when the image saves itself, no more: the interpreter looks at each method's header.
(func $primitive__primitiveMultipleBytecodeSetsActive (param $receiver eqref) (param $active eqref) (param $depth i32)
    (result eqref)
  (if (i32.eqz (i32.or (ref.eq (local.get $active) (global.get $true)) (ref.eq (local.get $active) (global.get $false))))
    (then (return_call $fail_with (i32.const 3))))
  (if (global.get $v3) (then (return_call $fail_with (i32.const 7))))
  (global.set $image_format (i32.or (i32.and (global.get $image_format) (i32.const -513))
    (i32.shl (ref.eq (local.get $active) (global.get $true)) (i32.const 9))))
  (return_call $primitive__primitiveMultipleBytecodeSetsActive_0 (local.get $receiver) (local.get $depth)))

(func $primitive__primitiveMultipleBytecodeSetsActive_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (global.get $v3) (then (return (global.get $false))))
  (return_call $make_boolean (i32.and (i32.shr_u (global.get $image_format) (i32.const 9)) (i32.const 1))))

(data $bytecode_sets "EncoderForV3PlusClosuresEncoderForSistaV1")

;; The names of the encoders whose bytecodes the interpreter knows
(func $primitive__primitiveBytecodeSetsAvailable (param $receiver eqref) (param $depth i32) (result eqref)
  (memory.init $bytecode_sets (i32.const 0) (i32.const 0) (i32.const 41))
  (return_call $new_array_with (array.new_fixed $Slots 2
    (call $string_from_memory (i32.const 0) (i32.const 24)) (call $string_from_memory (i32.const 24) (i32.const 17)))))

;; --- modules: all are part of the runtime ---

;; unbindExternalPrimitives
(func $primitive_570 (param $receiver eqref) (param $depth i32) (result eqref)
  (local.get $receiver))

;; listBuiltinModule:, listLoadedModule: nil ends the list
(func $primitive_572 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (i32.lt_s (call $small_or (local.get $index) (i32.const 0)) (i32.const 1))
    (then (return_call $fail_with (i32.const 3))))
  (ref.null eq))

(func $primitive_573 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (return_call $primitive_572 (local.get $receiver) (local.get $index) (local.get $depth)))
