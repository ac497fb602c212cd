;; Numbered primitives that see an object's slots by number, change its class, or ask about its memory.

;; Reading slot 0 of a closure, or of a Context that runs on a native frame, needs all Contexts in the heap first.
(func $needs_contexts (param $value eqref) (param $index i32) (param $depth i32) (result i32)
  (if (i32.or (i32.eqz (local.get $depth)) (i32.ne (local.get $index) (i32.const 0))) (then (return (i32.const 0))))
  (block $next (result eqref)
    (return (ref.eq (global.get $native_sender)
      (struct.get $Context $sender (br_on_cast_fail $next eqref (ref $Context) (local.get $value))))))
  (drop)
  (block $next (result eqref)
    (return (ref.test (ref $FrameToken) (call $outer_activation
      (struct.get $BlockClosure $outer (br_on_cast_fail $next eqref (ref $BlockClosure) (local.get $value)))))))
  (drop)
  (i32.const 0))

;; Named slots of an object of any shape.
(func $named_slot_count (param $value eqref) (result i32)
  (block $no_object (result eqref)
    (return_call $named_slots (br_on_cast_fail $no_object eqref (ref $Object) (local.get $value))))
  (drop)
  (i32.const 0))

(func $instance_variable_at (param $value eqref) (param $index i32) (result eqref)
  (if (i32.ge_u (local.get $index) (call $named_slot_count (local.get $value)))
    (then (return_call $fail_with (i32.const 4))))
  (return_call $slot_get (local.get $value) (local.get $index)))

(func $instance_variable_at_put (param $target eqref) (param $index i32) (param $value eqref) (result eqref)
  (if (call $is_immutable (local.get $target)) (then (return_call $fail_with (i32.const 8))))
  (if (i32.ge_u (local.get $index) (call $named_slot_count (local.get $target)))
    (then (return_call $fail_with (i32.const 4))))
  (call $slot_put (local.get $target) (local.get $index) (local.get $value))
  (local.get $value))

;; instVarAt:
(func $primitive_73 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (call $needs_contexts (local.get $receiver) (call $index_argument (local.get $index)) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $receiver) (array.new_fixed $Slots 1 (local.get $index)))))
  (return_call $instance_variable_at (local.get $receiver) (call $index_argument (local.get $index))))

;; object: object instVarAt: index
(func $primitive_73_2 (param $mirror eqref) (param $object eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (call $needs_contexts (local.get $object) (call $index_argument (local.get $index)) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $mirror)
      (array.new_fixed $Slots 2 (local.get $object) (local.get $index)))))
  (return_call $instance_variable_at (local.get $object) (call $index_argument (local.get $index))))

;; instVarAt:put:
(func $primitive_74 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (return_call $instance_variable_at_put (local.get $receiver) (call $index_argument (local.get $index)) (local.get $value)))

(func $primitive_74_3 (param $mirror eqref) (param $object eqref) (param $index eqref) (param $value eqref)
    (param $depth i32) (result eqref)
  (return_call $instance_variable_at_put (local.get $object) (call $index_argument (local.get $index)) (local.get $value)))

;; Slots named and indexable of any object; elements of objects without pointers.
(func $any_slot_at (param $value eqref) (param $index i32) (result eqref)
  (if (i32.lt_u (local.get $index) (call $slot_count (local.get $value)))
    (then (return_call $slot_get (local.get $value) (local.get $index))))
  (if (i32.or (ref.test (ref $CompiledMethod) (local.get $value)) (call $slot_count (local.get $value)))
    (then (return_call $fail_with (i32.const 4))))
  (return_call $element_at (local.get $value) (local.get $index) (i32.const 0)))

(func $any_slot_at_put (param $target eqref) (param $index i32) (param $value eqref) (result eqref)
  (if (call $is_immutable (local.get $target)) (then (return_call $fail_with (i32.const 8))))
  (if (i32.lt_u (local.get $index) (call $slot_count (local.get $target)))
    (then
      (call $slot_put (local.get $target) (local.get $index) (local.get $value))
      (return (local.get $value))))
  (if (i32.or (ref.test (ref $CompiledMethod) (local.get $target)) (call $slot_count (local.get $target)))
    (then (return_call $fail_with (i32.const 4))))
  (return_call $element_at_put (local.get $target) (local.get $index) (local.get $value) (i32.const 0)))

;; slotAt:
(func $primitive_173 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (call $needs_contexts (local.get $receiver) (call $index_argument (local.get $index)) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $receiver) (array.new_fixed $Slots 1 (local.get $index)))))
  (return_call $any_slot_at (local.get $receiver) (call $index_argument (local.get $index))))

(func $primitive_173_2 (param $mirror eqref) (param $object eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (call $needs_contexts (local.get $object) (call $index_argument (local.get $index)) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $mirror)
      (array.new_fixed $Slots 2 (local.get $object) (local.get $index)))))
  (return_call $any_slot_at (local.get $object) (call $index_argument (local.get $index))))

;; slotAt:put:
(func $primitive_174 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (return_call $any_slot_at_put (local.get $receiver) (call $index_argument (local.get $index)) (local.get $value)))

(func $primitive_174_3 (param $mirror eqref) (param $object eqref) (param $index eqref) (param $value eqref)
    (param $depth i32) (result eqref)
  (return_call $any_slot_at_put (local.get $object) (call $index_argument (local.get $index)) (local.get $value)))

;; objectAt: and objectAt:put: of CompiledMethods: header, then literals
(func $primitive_68 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (ref.test (ref $CompiledMethod) (local.get $receiver))) (then (return_call $fail_with (i32.const 2))))
  (return_call $any_slot_at (local.get $receiver) (call $index_argument (local.get $index))))

(func $primitive_69 (param $receiver eqref) (param $index eqref) (param $value eqref) (param $depth i32) (result eqref)
  (local $at i32)
  (local.set $at (call $index_argument (local.get $index)))
  (block $no_method (result eqref)
    (if (i32.eqz (local.get $at))
;;@if WORD64
      (then (if (i32.ne (i32.and (call $header_bits (local.get $value)) (i32.const 0x7FFF))
;;@else
      (then (if (i32.ne (call $literal_count (call $small_or (local.get $value) (i32.const -1)))
;;@endif
            (array.len (struct.get $CompiledMethod $literals
              (br_on_cast_fail $no_method eqref (ref $CompiledMethod) (local.get $receiver)))))
        (then (return_call $fail_with (i32.const 3))))))
    (if (i32.eqz (ref.test (ref $CompiledMethod) (local.get $receiver))) (then (return_call $fail_with (i32.const 2))))
    (return_call $any_slot_at_put (local.get $receiver) (local.get $at) (local.get $value)))
  (drop)
  (return_call $fail_with (i32.const 2)))

;; pointsTo:
(func $primitive_132 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
  (if (call $needs_contexts (local.get $receiver) (i32.const 0) (local.get $depth))
    (then (return_call $begin_capture_again (local.get $receiver) (array.new_fixed $Slots 1 (local.get $other)))))
  (return_call $as_bool (call $points_to (local.get $receiver) (local.get $other))))

(func $primitive_132_2 (param $mirror eqref) (param $object eqref) (param $other eqref) (param $depth i32) (result eqref)
  (return_call $primitive_132 (local.get $object) (local.get $other) (local.get $depth)))

(func $points_to (param $value eqref) (param $other eqref) (result i32)
  (local $i i32) (local $count i32)
  (local.set $count (call $slot_count (local.get $value)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $i) (local.get $count)))
;;@if WORD64
      (if (call $identical (call $slot_get (local.get $value) (local.get $i)) (local.get $other)) (then (return (i32.const 1))))
;;@else
      (if (ref.eq (call $slot_get (local.get $value) (local.get $i)) (local.get $other)) (then (return (i32.const 1))))
;;@endif
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (i32.const 0))

;; copyFrom: an object of the same class and size
(func $primitive_168 (param $receiver eqref) (param $other eqref) (param $depth i32) (result eqref)
  (local $i i32) (local $count i32)
  (if (i32.eqz (call $is_heap_object (local.get $receiver))) (then (return_call $fail_with (i32.const 2))))
  (if (i32.ne (call $class_index_of (local.get $receiver)) (call $class_index_of (local.get $other)))
    (then (return_call $fail_with (i32.const 3))))
  (local.set $count (call $slot_count (local.get $receiver)))
  (if (i32.or (i32.eqz (local.get $count)) (i32.ne (local.get $count) (call $slot_count (local.get $other))))
    (then (return_call $copy_elements (local.get $receiver) (local.get $other))))
  (loop $next
    (call $slot_put (local.get $receiver) (local.get $i) (call $slot_get (local.get $other) (local.get $i)))
    (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (local.get $count))))
  (local.get $receiver))

;; The same for objects without pointers.
(func $copy_elements (param $receiver eqref) (param $other eqref) (result eqref)
  (local $count i32)
  (local.set $count (call $element_count (local.get $receiver)))
  (if (i32.or (i32.ne (local.get $count) (call $element_count (local.get $other)))
        (i32.ne (call $slot_count (local.get $receiver)) (call $slot_count (local.get $other))))
    (then (return_call $fail_with (i32.const 3))))
  (if (i32.le_s (local.get $count) (i32.const 0)) (then (return (local.get $receiver))))
  (return_call $replace (local.get $receiver) (i32.const 0) (local.get $count) (local.get $other) (i32.const 0)))

;; --- changing the class ---

;; Whether an object's struct is what instances of a class with that format are.
(func $has_format (param $object (ref $Object)) (param $spec i32) (result i32)
  (local $named i32) (local $shape i32)
  (local.set $named (i32.and (local.get $spec) (i32.const 0xFFFF)))
  (local.set $shape (i32.and (i32.shr_u (local.get $spec) (i32.const 16)) (i32.const 31)))
  (if (ref.test (ref $Fixed0) (local.get $object))
    (then (return (i32.and
      (i32.or (i32.le_u (local.get $shape) (i32.const 1)) (i32.eq (local.get $shape) (i32.const 5)))
      (i32.eq (local.get $named) (call $named_slots (local.get $object)))))))
  (if (ref.test (ref $WeakIndexed) (local.get $object)) (then (return (i32.eq (local.get $shape) (i32.const 4)))))
  (block $next (result (ref $Object))
    (return (i32.and (i32.or (i32.eq (local.get $shape) (i32.const 2)) (i32.eq (local.get $shape) (i32.const 3)))
      (i32.le_u (local.get $named) (array.len (struct.get $Indexed $slots
        (br_on_cast_fail $next (ref $Object) (ref $Indexed) (local.get $object))))))))
  (drop)
  (if (ref.test (ref $ByteObject) (local.get $object))
    (then (return (i32.eq (i32.and (local.get $shape) (i32.const 24)) (i32.const 16)))))
  (if (ref.test (ref $CompiledMethod) (local.get $object)) (then (return (i32.ge_u (local.get $shape) (i32.const 24)))))
  (if (ref.test (ref $WordObject) (local.get $object))
    (then (return (i32.eq (i32.and (local.get $shape) (i32.const 30)) (i32.const 10)))))
  (if (ref.test (ref $ShortObject) (local.get $object))
    (then (return (i32.eq (i32.and (local.get $shape) (i32.const 28)) (i32.const 12)))))
  (i32.and (ref.test (ref $DoubleWordObject) (local.get $object)) (i32.eq (local.get $shape) (i32.const 9))))

;; Answers $answer when the object is now an instance of the class.
(func $change_class (param $value eqref) (param $class eqref) (param $answer eqref) (result eqref)
  (local $object (ref $Object)) (local $index i32)
  (if (call $is_immutable (local.get $value)) (then (return_call $fail_with (i32.const 8))))
  (block $no_object (result eqref)
    (local.set $object (br_on_cast_fail $no_object eqref (ref $Object) (local.get $value)))
    (call $strengthen (local.get $object))
    (if (i32.eqz (call $has_format (local.get $object) (call $instance_spec (local.get $class))))
      (then (return_call $fail_with (i32.const 3))))
    (call $forget_instances)
    (call $forget_settled)
    (local.set $index (call $ensure_class_index (local.get $class)))
    (if (global.get $float_slots)
      (then
        (call $disown_slots (local.get $object))
        (call $float_slots_change (struct.get $Object $classIndex (local.get $object)) (local.get $index))))
    (struct.set $Object $classIndex (local.get $object) (local.get $index))
    (return (local.get $answer)))
  (drop)
  (return_call $fail_with (i32.const 2)))

;; primitiveChangeClassTo: an instance of the class
(func $primitive_115 (param $receiver eqref) (param $example eqref) (param $depth i32) (result eqref)
  (return_call $change_class (local.get $receiver) (call $class_of (local.get $example)) (local.get $receiver)))

;; adoptInstance:
(func $primitive_160 (param $receiver eqref) (param $object eqref) (param $depth i32) (result eqref)
  (if (global.get $v3)
    (then (return_call $primitive_FilePlugin_primitiveDirectoryCreate (local.get $receiver) (local.get $object) (local.get $depth))))
  (return_call $change_class (local.get $object) (local.get $receiver) (local.get $receiver)))

;; --- memory ---

;; Bytes of an object with that many bytes of contents, in the image's own format.
(func $bytes_with_header (param $contents i32) (result i32)
  (local $size i32)
  (local.set $size (i32.and (i32.add (local.get $contents) (i32.const 7)) (i32.const -8)))
  (if (i32.eqz (local.get $size)) (then (local.set $size (i32.const 8))))
  (i32.add (local.get $size)
    (select (i32.const 16) (i32.const 8)
      (i32.ge_u (local.get $contents) (i32.mul (i32.const 255) (global.get $word_size))))))

(func $instance_bytes (param $class eqref) (param $size i32) (result eqref)
  (local $spec i32) (local $shape i32)
  (local.set $spec (call $instance_spec (local.get $class)))
  (local.set $shape (i32.and (i32.shr_u (local.get $spec) (i32.const 16)) (i32.const 31)))
  (if (i32.or (i32.eq (local.get $shape) (i32.const 7)) (i32.gt_u (local.get $size) (i32.const 0x3FFFFFF)))
    (then (return_call $fail_with (i32.const 2))))
  (if (i32.le_u (local.get $shape) (i32.const 5))
    (then (return (ref.i31 (call $bytes_with_header (i32.mul (global.get $word_size)
      (i32.add (local.get $size) (i32.and (local.get $spec) (i32.const 0xFFFF)))))))))
  (ref.i31 (call $bytes_with_header (i32.mul (local.get $size) (call $element_bytes (local.get $shape))))))

;; byteSizeOfInstance, byteSizeOfInstanceOfSize:
(func $primitive_181 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $instance_bytes (local.get $receiver) (i32.const 0)))

(func $primitive_181_1 (param $receiver eqref) (param $size eqref) (param $depth i32) (result eqref)
  (return_call $instance_bytes (local.get $receiver) (call $small_or (local.get $size) (i32.const -1))))

;; sizeInMemory
(func $primitive_182 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $count i32)
  (if (i32.eqz (call $is_heap_object (local.get $receiver))) (then (return (ref.i31 (i32.const 0)))))
  (local.set $count (call $element_count (local.get $receiver)))
  (if (i32.lt_s (local.get $count) (i32.const 0)) (then (local.set $count (i32.const 0))))
  (return_call $instance_bytes (call $class_of (local.get $receiver)) (local.get $count)))

;; growMemoryByAtLeast: the engine grows memory by itself
(func $primitive_180 (param $receiver eqref) (param $bytes eqref) (param $depth i32) (result eqref)
  (drop (call $integer_value_u32 (local.get $bytes)))
  (if (i32.eqz (global.get $integer_valid)) (then (return_call $fail_with (i32.const 3))))
  (local.get $bytes))

;; isPinned, setPinned: nothing moves as far as Smalltalk can see; the bit is remembered
(func $primitive_183 (param $receiver eqref) (param $depth i32) (result eqref)
  (block $no_object (result eqref)
    (return_call $as_bool (i32.and (i32.const 1) (i32.shr_u
      (struct.get $Object $hash (br_on_cast_fail $no_object eqref (ref $Object) (local.get $receiver)))
      (i32.const 23)))))
  (drop)
  (return_call $fail_with (i32.const 2)))

(func $primitive_184 (param $receiver eqref) (param $pinned eqref) (param $depth i32) (result eqref)
  (local $object (ref $Object)) (local $old i32)
  (if (i32.eqz (call $is_heap_object (local.get $receiver))) (then (return_call $fail_with (i32.const 2))))
  (if (i32.eqz (i32.or (ref.eq (local.get $pinned) (global.get $true)) (ref.eq (local.get $pinned) (global.get $false))))
    (then (return_call $fail_with (i32.const 3))))
  (local.set $object (ref.cast (ref $Object) (local.get $receiver)))
  (local.set $old (struct.get $Object $hash (local.get $object)))
  (struct.set $Object $hash (local.get $object)
    (i32.or (i32.and (local.get $old) (i32.const 0xFF7FFFFF))
      (i32.shl (ref.eq (local.get $pinned) (global.get $true)) (i32.const 23))))
  (return_call $as_bool (i32.and (i32.const 1) (i32.shr_u (local.get $old) (i32.const 23)))))
