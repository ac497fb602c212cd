;; Pixels of the Display as canvases want them: red, green, blue, alpha, a byte each. The host has a frame of the Display's
;; size in linear memory, to which a rectangle is copied when it is to be shown.

;; 0 while there is no Display to show; otherwise its width << 16 | height.
(func $display_size (export "displaySize") (result i32)
  (local $form eqref)
  (local.set $form (call $special_object (i32.const 14)))
  (if (i32.eqz (ref.test (ref $WordObject) (call $slot_get (local.get $form) (i32.const 0)))) (then (return (i32.const 0))))
  (i32.or (i32.shl (call $small_or (call $slot_get (local.get $form) (i32.const 1)) (i32.const 0)) (i32.const 16))
    (call $small_or (call $slot_get (local.get $form) (i32.const 2)) (i32.const 0))))

;; Copies a rectangle inside of the Display to the frame that begins at $frame and has the Display's width. $palette: 256
;; colours for depths up to 8. 0: there are no such pixels.
(func $copy_display (export "copyDisplay") (param $left i32) (param $top i32) (param $right i32) (param $bottom i32)
    (param $frame i32) (param $palette i32) (result i32)
  (local $form eqref) (local $bits (ref $Words)) (local $width i32) (local $depth i32) (local $pitch i32) (local $lsb i32)
  (local $pixel i32)
  (local.set $form (call $special_object (i32.const 14)))
  (local.set $width (call $small_or (call $slot_get (local.get $form) (i32.const 1)) (i32.const 0)))
  (local.set $depth (call $small_or (call $slot_get (local.get $form) (i32.const 3)) (i32.const 0)))
  (if (i32.lt_s (local.get $depth) (i32.const 0))
    (then
      (local.set $lsb (i32.const 1))
      (local.set $depth (i32.sub (i32.const 0) (local.get $depth)))))
  (if (i32.or (i32.ne (i32.popcnt (local.get $depth)) (i32.const 1)) (i32.gt_u (local.get $depth) (i32.const 32)))
    (then (return (i32.const 0))))
  (local.set $pitch (i32.shr_u (i32.add (i32.mul (local.get $width) (local.get $depth)) (i32.const 31)) (i32.const 5)))
  (block $other (result eqref)
    (local.set $bits (struct.get $WordObject $words (br_on_cast_fail $other eqref (ref $WordObject)
      (call $slot_get (local.get $form) (i32.const 0)))))
    (if (i32.or (i32.gt_u (i32.mul (local.get $pitch) (local.get $bottom)) (array.len (local.get $bits)))
          (i32.gt_u (local.get $right) (local.get $width)))
      (then (return (i32.const 0))))
    (loop $row
      (if (i32.ge_s (local.get $top) (local.get $bottom)) (then (return (i32.const 1))))
      (local.set $pixel (i32.add (local.get $frame)
        (i32.shl (i32.add (i32.mul (local.get $top) (local.get $width)) (local.get $left)) (i32.const 2))))
      (if (i32.eq (local.get $depth) (i32.const 32))
        (then (call $copy_row_32 (local.get $bits) (i32.add (i32.mul (local.get $top) (local.get $pitch)) (local.get $left))
          (i32.sub (local.get $right) (local.get $left)) (local.get $pixel)))
        (else (call $copy_row_of_depth (local.get $bits) (i32.mul (local.get $top) (local.get $pitch)) (local.get $depth)
          (local.get $lsb) (local.get $left) (local.get $right) (local.get $pixel) (local.get $palette))))
      (local.set $top (i32.add (local.get $top) (i32.const 1)))
      (br $row)))
  (drop)
  (i32.const 0))

;; Words are alpha, red, green, blue from the top; what is seen is opaque.
(func $copy_row_32 (param $bits (ref $Words)) (param $from i32) (param $count i32) (param $pixel i32)
  (local $word i32)
  (loop $next
    (if (i32.gt_s (local.get $count) (i32.const 0))
      (then
        (local.set $word (array.get $Words (local.get $bits) (local.get $from)))
        (i32.store (local.get $pixel) (i32.or (i32.const 0xFF000000) (i32.or (i32.and (local.get $word) (i32.const 0xFF00))
          (i32.or (i32.and (i32.shr_u (local.get $word) (i32.const 16)) (i32.const 0xFF))
            (i32.shl (i32.and (local.get $word) (i32.const 0xFF)) (i32.const 16))))))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (local.set $pixel (i32.add (local.get $pixel) (i32.const 4)))
        (local.set $count (i32.sub (local.get $count) (i32.const 1)))
        (br $next)))))

(func $copy_row_of_depth (param $bits (ref $Words)) (param $row i32) (param $depth i32) (param $lsb i32) (param $x i32)
    (param $right i32) (param $pixel i32) (param $palette i32)
  (local $shift i32) (local $value i32)
  (loop $next
    (if (i32.lt_s (local.get $x) (local.get $right))
      (then
        (local.set $shift (i32.and (i32.mul (local.get $x) (local.get $depth)) (i32.const 31)))
        (if (i32.eqz (local.get $lsb))
          (then (local.set $shift (i32.sub (i32.sub (i32.const 32) (local.get $depth)) (local.get $shift)))))
        (local.set $value (i32.and (i32.sub (i32.shl (i32.const 1) (local.get $depth)) (i32.const 1))
          (i32.shr_u (array.get $Words (local.get $bits) (i32.add (local.get $row)
              (i32.shr_u (i32.mul (local.get $x) (local.get $depth)) (i32.const 5))))
            (local.get $shift))))
        (i32.store (local.get $pixel)
          (if (result i32) (i32.eq (local.get $depth) (i32.const 16))
            (then (call $colour_of_16 (local.get $value)))
            (else (i32.load (i32.add (local.get $palette) (i32.shl (local.get $value) (i32.const 2)))))))
        (local.set $x (i32.add (local.get $x) (i32.const 1)))
        (local.set $pixel (i32.add (local.get $pixel) (i32.const 4)))
        (br $next)))))

;; Five bits each of red, green and blue.
(func $colour_of_16 (param $value i32) (result i32)
  (i32.or (i32.const 0xFF000000)
    (i32.or (call $eight_bits (i32.shr_u (local.get $value) (i32.const 10)))
      (i32.or (i32.shl (call $eight_bits (i32.shr_u (local.get $value) (i32.const 5))) (i32.const 8))
        (i32.shl (call $eight_bits (local.get $value)) (i32.const 16))))))

(func $eight_bits (param $value i32) (result i32)
  (local.set $value (i32.and (local.get $value) (i32.const 31)))
  (i32.or (i32.shl (local.get $value) (i32.const 3)) (i32.shr_u (local.get $value) (i32.const 2))))
