;; Numbered primitives for the display, input devices and text composition. What a host has no device for does nothing.

(global $input_semaphore (mut i32) (i32.const 0))       ;; index to signal when an event comes in

(func $get_input_semaphore (export "inputSemaphore") (result i32)
  (global.get $input_semaphore))

;; --- display ---

;; With at least so many slots, of which the second, third and fourth are width, height and depth.
(func $is_form (param $value eqref) (param $slots i32) (result i32)
  (if (i32.lt_u (call $slot_count (local.get $value)) (local.get $slots)) (then (return (i32.const 0))))
  (i32.and (ref.test (ref i31) (call $slot_get (local.get $value) (i32.const 1)))
    (i32.and (ref.test (ref i31) (call $slot_get (local.get $value) (i32.const 2)))
      (ref.test (ref i31) (call $slot_get (local.get $value) (i32.const 3))))))

;; beDisplay: the receiver is the Display from now on
(func $primitive_102 (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_form (local.get $receiver) (i32.const 4))) (then (return_call $fail_with (i32.const 2))))
  (array.set $Slots (global.get $special_objects) (i32.const 14) (local.get $receiver))
  (local.get $receiver))

;; actualScreenSize
(func $primitive_106 (param $receiver eqref) (param $depth i32) (result eqref)
  (local $size i32)
  (local.set $size (call $host_screen_size))
  (if (i32.le_s (local.get $size) (i32.const 0)) (then (local.set $size (global.get $saved_window_size))))
  (return_call $new_point (ref.i31 (i32.shr_u (local.get $size) (i32.const 16)))
    (ref.i31 (i32.and (local.get $size) (i32.const 0xFFFF)))))

(func $primitive__primitiveScreenDepth (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (i32.const 32)))

;; supportsDisplayDepth:
(func $primitive_91 (param $receiver eqref) (param $pixelDepth eqref) (param $depth i32) (result eqref)
  (local $bits i32)
  (if (i32.eqz (ref.test (ref i31) (local.get $pixelDepth))) (then (return_call $fail_with (i32.const 3))))
  (local.set $bits (call $small_or (local.get $pixelDepth) (i32.const 0)))
  (return_call $as_bool (i32.and (i32.le_u (local.get $bits) (i32.const 32))
    (i32.eq (i32.popcnt (local.get $bits)) (i32.const 1)))))

;; depth:width:height:fullscreen:
(func $primitive_92 (param $receiver eqref) (param $pixelDepth eqref) (param $width eqref) (param $height eqref)
    (param $fullscreen eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (i32.and (call $is_boolean (local.get $fullscreen)) (i32.and (ref.test (ref i31) (local.get $pixelDepth))
        (i32.and (ref.test (ref i31) (local.get $width)) (ref.test (ref i31) (local.get $height))))))
    (then (return_call $fail_with (i32.const 3))))
  (global.get $true))

;; deferUpdates:
(func $primitive_126 (param $receiver eqref) (param $defer eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_boolean (local.get $defer))) (then (return_call $fail_with (i32.const 3))))
  (global.set $updates_deferred (ref.eq (local.get $defer) (global.get $true)))
  (local.get $receiver))

;; showRectLeft:right:top:bottom:
(func $primitive_127 (param $receiver eqref) (param $left eqref) (param $right eqref) (param $top eqref)
    (param $bottom eqref) (param $depth i32) (result eqref)
  ;; The image tries again with whole numbers.
  (if (i32.eqz (i32.and
        (i32.and (ref.test (ref i31) (local.get $left)) (ref.test (ref i31) (local.get $right)))
        (i32.and (ref.test (ref i31) (local.get $top)) (ref.test (ref i31) (local.get $bottom)))))
    (then (return_call $fail_with (i32.const 3))))
  (if (ref.eq (local.get $receiver) (call $special_object (i32.const 14)))
    (then (call $host_display_show
      (call $small_or (local.get $left) (i32.const 0)) (call $small_or (local.get $top) (i32.const 0))
      (call $small_or (local.get $right) (i32.const 0)) (call $small_or (local.get $bottom) (i32.const 0)))))
  (local.get $receiver))

;; forceDisplayUpdate: the host shows changes with its next frame anyway
(func $primitive_231 (param $receiver eqref) (param $depth i32) (result eqref)
  (local.get $receiver))

;; fullScreenMode:
(func $primitive_233 (param $receiver eqref) (param $on eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_boolean (local.get $on))) (then (return_call $fail_with (i32.const 3))))
  (call $host_full_screen (ref.eq (local.get $on) (global.get $true)))
  (local.get $receiver))

;; beCursor, beCursorWithMask:
(func $primitive_101_0 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $primitive_101 (local.get $receiver) (ref.null eq) (local.get $depth)))

(func $primitive_101 (param $receiver eqref) (param $mask eqref) (param $depth i32) (result eqref)
  (local $offset eqref) (local $words i32)
  (if (i32.eqz (call $is_form (local.get $receiver) (i32.const 5))) (then (return_call $fail_with (i32.const 2))))
  (local.set $offset (call $slot_get (local.get $receiver) (i32.const 4)))
  (i32.store (i32.const 0) (call $small_or (call $slot_get (local.get $receiver) (i32.const 1)) (i32.const 0)))
  (i32.store (i32.const 4) (call $small_or (call $slot_get (local.get $receiver) (i32.const 2)) (i32.const 0)))
  (i32.store (i32.const 8) (call $small_or (call $slot_get (local.get $receiver) (i32.const 3)) (i32.const 0)))
  (i32.store (i32.const 12) (call $small_or (call $slot_get (local.get $offset) (i32.const 0)) (i32.const 0)))
  (i32.store (i32.const 16) (call $small_or (call $slot_get (local.get $offset) (i32.const 1)) (i32.const 0)))
  (local.set $words (call $cursor_words (call $slot_get (local.get $receiver) (i32.const 0)) (i32.const 28)))
  (i32.store (i32.const 20) (local.get $words))
  (i32.store (i32.const 24) (call $cursor_words (call $slot_get (local.get $mask) (i32.const 0))
    (i32.add (i32.const 28) (i32.shl (local.get $words) (i32.const 2)))))
  (call $host_cursor)
  (local.get $receiver))

;; Copies the words of a cursor's bitmap; answers how many, none when it is no bitmap or too large for a cursor.
(func $cursor_words (param $bits eqref) (param $pointer i32) (result i32)
  (local $words (ref $Words)) (local $i i32)
  (block $other (result eqref)
    (local.set $words (struct.get $WordObject $words (br_on_cast_fail $other eqref (ref $WordObject) (local.get $bits))))
    (if (i32.gt_u (array.len (local.get $words)) (i32.const 4096)) (then (return (i32.const 0))))
    (loop $next
      (if (i32.ge_u (local.get $i) (array.len (local.get $words))) (then (return (local.get $i))))
      (i32.store (i32.add (local.get $pointer) (i32.shl (local.get $i) (i32.const 2)))
        (array.get $Words (local.get $words) (local.get $i)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br $next)))
  (drop)
  (i32.const 0))

(func $primitive_140 (param $receiver eqref) (param $depth i32) (result eqref)
  (call $host_beep)
  (local.get $receiver))

;; --- input ---

;; What the host last said of the mouse, for images that ask instead of reading events
(global $mouse_x (export "mouseX") (mut i32) (i32.const 0))
(global $mouse_y (export "mouseY") (mut i32) (i32.const 0))
(global $mouse_buttons (export "mouseButtons") (mut i32) (i32.const 0))   ;; buttons, from bit 3 on the modifiers

;; mousePoint, mouseButtons
(func $primitive_90 (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $new_point (ref.i31 (global.get $mouse_x)) (ref.i31 (global.get $mouse_y))))

(func $primitive_107 (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.i31 (global.get $mouse_buttons)))

;; kbdNext, kbdPeek: keys come as events only

(func $primitive_108 (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.null eq))

(func $primitive_109 (param $receiver eqref) (param $depth i32) (result eqref)
  (ref.null eq))

;; setInterruptKey:
(func $primitive_133 (param $receiver eqref) (param $key eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (ref.test (ref i31) (local.get $key))) (then (return_call $fail_with (i32.const 3))))
  (local.get $receiver))

;; setInputSemaphore: its index among the external objects, nil for none
(func $primitive_93 (param $receiver eqref) (param $index eqref) (param $depth i32) (result eqref)
  (global.set $input_semaphore (call $small_or (local.get $index) (i32.const 0)))
  (local.get $receiver))

;; getNextEvent: fills an Array of eight; the event type is 0 when there is none
(func $primitive_94 (param $receiver eqref) (param $event eqref) (param $depth i32) (result eqref)
  (local $slots (ref $Slots)) (local $i i32) (local $pending i32)
  (block $no_array (result eqref)
    (local.set $slots (struct.get $Indexed $slots (br_on_cast_fail $no_array eqref (ref $Indexed) (local.get $event))))
    (if (i32.lt_u (array.len (local.get $slots)) (i32.const 8)) (then (return_call $fail_with (i32.const 3))))
    (local.set $pending (call $host_next_event (i32.const 0)))
    (loop $next
      (array.set $Slots (local.get $slots) (local.get $i)
        (if (result eqref) (local.get $pending)
          (then (call $integer_of (i32.load (i32.shl (local.get $i) (i32.const 2)))))
          (else (ref.i31 (i32.const 0)))))
      (br_if $next (i32.lt_u (local.tee $i (i32.add (local.get $i) (i32.const 1))) (i32.const 8))))
    (return (local.get $receiver)))
  (drop)
  (return_call $fail_with (i32.const 3)))

;; Name of one of the files that were dropped last; they are files of the virtual file system
(func $primitive_DropPlugin_primitiveDropRequestFileName (param $receiver eqref) (param $index eqref) (param $depth i32)
    (result eqref)
  (return_call $string_or_failed (call $host_drop_file_name (call $small_or (local.get $index) (i32.const 0)) (i32.const 0))))

;; The same file, open for reading
(func $primitive_DropPlugin_primitiveDropRequestFileHandle (param $receiver eqref) (param $index eqref) (param $depth i32)
    (result eqref)
  (local $length i32) (local $handle i32)
  (local.set $length (call $host_drop_file_name (call $small_or (local.get $index) (i32.const 0)) (i32.const 0)))
  (if (i32.lt_s (local.get $length) (i32.const 0)) (then (return (global.get $failed))))
  (local.set $handle (call $host_file_open (i32.const 0) (local.get $length) (i32.const 0)))
  (if (i32.lt_s (local.get $handle) (i32.const 0)) (then (return (global.get $failed))))
  (return_call $new_file_handle (local.get $handle)))

;; --- text composition ---

(func $slots_of (param $value eqref) (result (ref $Slots))
  (block $none (result eqref)
    (return (struct.get $Indexed $slots (br_on_cast_fail $none eqref (ref $Indexed) (local.get $value)))))
  (drop)
  (global.get $empty_slots))

;; scanCharactersFrom: start to: stop in: string rightX: right stopConditions: stops kern: kern
;; The receiver's first slots: destination x, last index, x table, map from Characters to glyphs. Answers the stop condition.
(func $primitive_103 (param $receiver eqref) (param $start eqref) (param $stop eqref) (param $string eqref)
    (param $rightX eqref) (param $stops eqref) (param $kern eqref) (param $depth i32) (result eqref)
  (local $table (ref $Slots)) (local $map (ref $Slots)) (local $conditions (ref $Slots)) (local $bytes (ref $Bytes))
  (local $x i32) (local $next i32) (local $index i32) (local $last i32) (local $glyph i32) (local $answer eqref)
  (local.set $table (call $slots_of (call $slot_get (local.get $receiver) (i32.const 2))))
  (local.set $map (call $slots_of (call $slot_get (local.get $receiver) (i32.const 3))))
  (local.set $conditions (call $slots_of (local.get $stops)))
  (local.set $index (call $small_or (local.get $start) (i32.const 0)))
  (local.set $last (call $small_or (local.get $stop) (i32.const 0)))
  (block $bad (result eqref)
    (local.set $bytes (struct.get $ByteObject $bytes
      (br_on_cast_fail $bad eqref (ref $ByteObject) (local.get $string))))
    (if (i32.or (i32.or (i32.ne (array.len (local.get $map)) (i32.const 256))
            (i32.lt_u (array.len (local.get $conditions)) (i32.const 258)))
          (i32.or (i32.or (i32.le_s (local.get $index) (i32.const 0)) (i32.le_s (local.get $last) (i32.const 0)))
            (i32.gt_u (local.get $last) (array.len (local.get $bytes)))))
      (then (return (global.get $failed))))
    (if (i32.eqz (i32.and (ref.test (ref i31) (local.get $rightX)) (ref.test (ref i31) (local.get $kern))))
      (then (return (global.get $failed))))
    (local.set $x (i31.get_s (br_on_cast_fail $bad eqref (ref i31) (call $slot_get (local.get $receiver) (i32.const 0)))))
    (block $finished
      (local.set $answer (array.get $Slots (local.get $conditions) (i32.const 256)))
      (loop $scan
        (if (i32.gt_s (local.get $index) (local.get $last))
          (then (local.set $index (local.get $last)) (br $finished)))
        (local.set $glyph (array.get_u $Bytes (local.get $bytes) (i32.sub (local.get $index) (i32.const 1))))
        (local.set $answer (array.get $Slots (local.get $conditions) (local.get $glyph)))
        (br_if $finished (i32.eqz (ref.is_null (local.get $answer))))
        (local.set $glyph (call $small_or (array.get $Slots (local.get $map) (local.get $glyph)) (i32.const -1)))
        (if (i32.ge_u (i32.add (local.get $glyph) (i32.const 1)) (array.len (local.get $table)))
          (then (return (global.get $failed))))
        (local.set $next (i31.get_s (br_on_cast_fail $bad eqref (ref i31)
          (array.get $Slots (local.get $table) (i32.add (local.get $glyph) (i32.const 1))))))
        (local.set $glyph (i31.get_s (br_on_cast_fail $bad eqref (ref i31)
          (array.get $Slots (local.get $table) (local.get $glyph)))))
        (local.set $next (i32.add (local.get $x) (i32.sub (local.get $next) (local.get $glyph))))
        (local.set $answer (array.get $Slots (local.get $conditions) (i32.const 257)))
        (br_if $finished (i32.gt_s (local.get $next) (call $small_or (local.get $rightX) (i32.const 0))))
        (local.set $answer (array.get $Slots (local.get $conditions) (i32.const 256)))
        (local.set $x (i32.add (local.get $next) (call $small_or (local.get $kern) (i32.const 0))))
        (local.set $index (i32.add (local.get $index) (i32.const 1)))
        (br $scan)))
    (call $slot_put (local.get $receiver) (i32.const 0) (ref.i31 (local.get $x)))
    (call $slot_put (local.get $receiver) (i32.const 1) (ref.i31 (local.get $index)))
    (return (local.get $answer)))
  (drop)
  (global.get $failed))
