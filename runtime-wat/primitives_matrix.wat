;; Matrix2x3Plugin: affine transformations of the plane. A matrix is a word object of six 32-bit floats, row by row.
;; Points may hold SmallIntegers and Floats; results are rounded to SmallIntegers, or the primitive fails.

;; The point last loaded, then transformed.
(global $point_x (mut f64) (f64.const 0))
(global $point_y (mut f64) (f64.const 0))

(func $is_matrix (param $value eqref) (result i32)
  (drop (block $other (result eqref)
    (return (i32.eq (i32.const 6) (array.len
          (struct.get $WordObject $words (br_on_cast_fail $other eqref (ref $WordObject) (local.get $value))))))))
  (i32.const 0))

(func $matrix_words (param $matrix eqref) (result (ref $Words))
  (struct.get $WordObject $words (ref.cast (ref $WordObject) (local.get $matrix))))

;; Answers 0 for what is no Point of SmallIntegers and Floats.
(func $load_point (param $value eqref) (result i32)
  (local $point (ref null $Fixed2))
  (drop (block $other (result eqref)
    (local.set $point (br_on_cast_fail $other eqref (ref $Fixed2) (local.get $value)))
    (if (i32.or
          (i32.ne (struct.get $Fixed2 $classIndex (local.get $point)) (global.get $class_index_point))
          (i32.eqz (call $are_reals (struct.get $Fixed2 $slot0 (local.get $point))
              (struct.get $Fixed2 $slot1 (local.get $point)))))
      (then (return (i32.const 0))))
    (global.set $point_x (call $real (struct.get $Fixed2 $slot0 (local.get $point))))
    (global.set $point_y (call $real (struct.get $Fixed2 $slot1 (local.get $point))))
    (return (i32.const 1))))
  (i32.const 0))

;; One row of the matrix applied to the point.
(func $apply_row (param $words (ref $Words)) (param $row i32) (result f64)
  (f64.add
    (f64.add
      (f64.mul (global.get $point_x) (call $float_at (local.get $words) (local.get $row)))
      (f64.mul (global.get $point_y) (call $float_at (local.get $words) (i32.add (local.get $row) (i32.const 1)))))
    (call $float_at (local.get $words) (i32.add (local.get $row) (i32.const 2)))))

(func $transform_point (param $words (ref $Words))
  (local $x f64)
  (local.set $x (call $apply_row (local.get $words) (i32.const 0)))
  (global.set $point_y (call $apply_row (local.get $words) (i32.const 3)))
  (global.set $point_x (local.get $x)))

;; Leaves NaN when the matrix is singular, so that rounding fails.
(func $invert_point (param $words (ref $Words))
  (local $x f64) (local $y f64) (local $scale f64)
  (local.set $x (f64.sub (global.get $point_x) (call $float_at (local.get $words) (i32.const 2))))
  (local.set $y (f64.sub (global.get $point_y) (call $float_at (local.get $words) (i32.const 5))))
  (local.set $scale (f64.sub
    (f64.mul (call $float_at (local.get $words) (i32.const 0)) (call $float_at (local.get $words) (i32.const 4)))
    (f64.mul (call $float_at (local.get $words) (i32.const 1)) (call $float_at (local.get $words) (i32.const 3)))))
  (local.set $scale (if (result f64) (f64.eq (local.get $scale) (f64.const 0))
    (then (f64.const nan)) (else (f64.div (f64.const 1) (local.get $scale)))))
  (global.set $point_x (f64.mul (local.get $scale) (f64.sub
    (f64.mul (local.get $x) (call $float_at (local.get $words) (i32.const 4)))
    (f64.mul (call $float_at (local.get $words) (i32.const 1)) (local.get $y)))))
  (global.set $point_y (f64.mul (local.get $scale) (f64.sub
    (f64.mul (call $float_at (local.get $words) (i32.const 0)) (local.get $y))
    (f64.mul (local.get $x) (call $float_at (local.get $words) (i32.const 3)))))))

(func $is_small_range (param $value f64) (result i32)
  (i32.and (f64.ge (local.get $value) (f64.const -1073741824)) (f64.le (local.get $value) (f64.const 1073741823))))

;; A Point of the coordinates plus a half, truncated; $failed when they are no SmallIntegers.
(func $rounded_point (param $x f64) (param $y f64) (result eqref)
  (local.set $x (f64.add (local.get $x) (f64.const 0.5)))
  (local.set $y (f64.add (local.get $y) (f64.const 0.5)))
  (if (i32.eqz (i32.and (call $is_small_range (local.get $x)) (call $is_small_range (local.get $y))))
    (then (return (global.get $failed))))
  (call $new_point (ref.i31 (i32.trunc_sat_f64_s (local.get $x))) (ref.i31 (i32.trunc_sat_f64_s (local.get $y)))))

(func $primitive_Matrix2x3Plugin_primitiveTransformPoint (param $receiver eqref) (param $point eqref)
  (param $depth i32) (result eqref)
  (if (i32.eqz (i32.and (call $is_matrix (local.get $receiver)) (call $load_point (local.get $point))))
    (then (return (global.get $failed))))
  (call $transform_point (call $matrix_words (local.get $receiver)))
  (return_call $rounded_point (global.get $point_x) (global.get $point_y)))

(func $primitive_Matrix2x3Plugin_primitiveInvertPoint (param $receiver eqref) (param $point eqref)
  (param $depth i32) (result eqref)
  (if (i32.eqz (i32.and (call $is_matrix (local.get $receiver)) (call $load_point (local.get $point))))
    (then (return (global.get $failed))))
  (call $invert_point (call $matrix_words (local.get $receiver)))
  (return_call $rounded_point (global.get $point_x) (global.get $point_y)))

;; --- rectangles: the smallest one around the four moved corners goes into the second Rectangle ---

(global $box_left (mut f64) (f64.const 0))
(global $box_top (mut f64) (f64.const 0))
(global $box_right (mut f64) (f64.const 0))
(global $box_bottom (mut f64) (f64.const 0))

;; Moves one corner and extends the box to it.
(func $add_corner (param $words (ref $Words)) (param $invert i32) (param $x f64) (param $y f64)
  (global.set $point_x (local.get $x))
  (global.set $point_y (local.get $y))
  (if (local.get $invert)
    (then (call $invert_point (local.get $words)))
    (else (call $transform_point (local.get $words))))
  (global.set $box_left (f64.min (global.get $box_left) (global.get $point_x)))
  (global.set $box_right (f64.max (global.get $box_right) (global.get $point_x)))
  (global.set $box_top (f64.min (global.get $box_top) (global.get $point_y)))
  (global.set $box_bottom (f64.max (global.get $box_bottom) (global.get $point_y))))

(func $move_rectangle (param $matrix eqref) (param $source eqref) (param $target eqref) (param $invert i32)
  (result eqref)
  (local $from (ref null $Fixed2)) (local $to (ref null $Fixed2)) (local $words (ref $Words))
  (local $left f64) (local $top f64) (local $origin eqref) (local $corner eqref)
  (if (i32.or (i32.eqz (call $is_matrix (local.get $matrix))) (call $is_immutable (local.get $target)))
    (then (return (global.get $failed))))
  (local.set $words (call $matrix_words (local.get $matrix)))
  (drop (block $failed (result eqref)
    (local.set $from (br_on_cast_fail $failed eqref (ref $Fixed2) (local.get $source)))
    (local.set $to (br_on_cast_fail $failed eqref (ref $Fixed2) (local.get $target)))
    (if (i32.ne (struct.get $Fixed2 $classIndex (local.get $from)) (struct.get $Fixed2 $classIndex (local.get $to)))
      (then (return (global.get $failed))))
    (if (i32.eqz (call $load_point (struct.get $Fixed2 $slot0 (local.get $from)))) (then (return (global.get $failed))))
    (local.set $left (global.get $point_x))
    (local.set $top (global.get $point_y))
    (if (i32.eqz (call $load_point (struct.get $Fixed2 $slot1 (local.get $from)))) (then (return (global.get $failed))))
    (call $surround (local.get $words) (local.get $invert)
      (local.get $left) (local.get $top) (global.get $point_x) (global.get $point_y))
    (local.set $origin (call $rounded_point (global.get $box_left) (global.get $box_top)))
    (local.set $corner (call $rounded_point (global.get $box_right) (global.get $box_bottom)))
    (if (i32.or (ref.eq (local.get $origin) (global.get $failed)) (ref.eq (local.get $corner) (global.get $failed)))
      (then (return (global.get $failed))))
    (struct.set $Fixed2 $slot0 (local.get $to) (local.get $origin))
    (struct.set $Fixed2 $slot1 (local.get $to) (local.get $corner))
    (return (local.get $target))))
  (global.get $failed))

(func $surround (param $words (ref $Words)) (param $invert i32)
  (param $left f64) (param $top f64) (param $right f64) (param $bottom f64)
  (global.set $box_left (f64.const inf))
  (global.set $box_top (f64.const inf))
  (global.set $box_right (f64.const -inf))
  (global.set $box_bottom (f64.const -inf))
  (call $add_corner (local.get $words) (local.get $invert) (local.get $left) (local.get $top))
  (call $add_corner (local.get $words) (local.get $invert) (local.get $right) (local.get $bottom))
  (call $add_corner (local.get $words) (local.get $invert) (local.get $right) (local.get $top))
  (call $add_corner (local.get $words) (local.get $invert) (local.get $left) (local.get $bottom)))

(func $primitive_Matrix2x3Plugin_primitiveTransformRectInto (param $receiver eqref) (param $source eqref)
  (param $target eqref) (param $depth i32) (result eqref)
  (return_call $move_rectangle (local.get $receiver) (local.get $source) (local.get $target) (i32.const 0)))

(func $primitive_Matrix2x3Plugin_primitiveInvertRectInto (param $receiver eqref) (param $source eqref)
  (param $target eqref) (param $depth i32) (result eqref)
  (return_call $move_rectangle (local.get $receiver) (local.get $source) (local.get $target) (i32.const 1)))

;; --- matrices ---

;; Answers result, which becomes receiver * argument. The three may be the same object.
(func $primitive_Matrix2x3Plugin_primitiveComposeMatrix (param $receiver eqref) (param $argument eqref)
  (param $result eqref) (param $depth i32) (result eqref)
  (local $first (ref $Words)) (local $second (ref $Words)) (local $product (ref $Words)) (local $row i32)
    (local $column i32)
  (local $sum f64)
  (if (i32.or (call $is_immutable (local.get $result)) (i32.eqz (i32.and (call $is_matrix (local.get $receiver))
        (i32.and (call $is_matrix (local.get $argument)) (call $is_matrix (local.get $result))))))
    (then (return (global.get $failed))))
  (local.set $first (call $matrix_words (local.get $receiver)))
  (local.set $second (call $matrix_words (local.get $argument)))
  (local.set $product (array.new_default $Words (i32.const 6)))
  (loop $next
    (local.set $sum (f64.add
      (f64.mul (call $float_at (local.get $first) (local.get $row))
        (call $float_at (local.get $second) (local.get $column)))
      (f64.mul (call $float_at (local.get $first) (i32.add (local.get $row) (i32.const 1)))
        (call $float_at (local.get $second) (i32.add (local.get $column) (i32.const 3))))))
    (if (i32.eq (local.get $column) (i32.const 2))
      (then (local.set $sum (f64.add (local.get $sum)
        (call $float_at (local.get $first) (i32.add (local.get $row) (i32.const 2)))))))
    (call $float_put (local.get $product) (i32.add (local.get $row) (local.get $column)) (local.get $sum))
    (br_if $next (i32.lt_u (local.tee $column (i32.add (local.get $column) (i32.const 1))) (i32.const 3)))
    (local.set $column (i32.const 0))
    (br_if $next (i32.lt_u (local.tee $row (i32.add (local.get $row) (i32.const 3))) (i32.const 6))))
  (array.copy $Words $Words (call $matrix_words (local.get $result)) (i32.const 0) (local.get $product) (i32.const 0)
    (i32.const 6))
  (local.get $result))

(func $is_translation (param $words (ref $Words)) (result i32)
  (i32.and
    (i32.and (f64.eq (call $float_at (local.get $words) (i32.const 0)) (f64.const 1))
      (f64.eq (call $float_at (local.get $words) (i32.const 1)) (f64.const 0)))
    (i32.and (f64.eq (call $float_at (local.get $words) (i32.const 3)) (f64.const 0))
      (f64.eq (call $float_at (local.get $words) (i32.const 4)) (f64.const 1)))))

(func $primitive_Matrix2x3Plugin_primitiveIsPureTranslation (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_matrix (local.get $receiver))) (then (return (global.get $failed))))
  (call $as_bool (call $is_translation (call $matrix_words (local.get $receiver)))))

(func $primitive_Matrix2x3Plugin_primitiveIsIdentity (param $receiver eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words))
  (if (i32.eqz (call $is_matrix (local.get $receiver))) (then (return (global.get $failed))))
  (local.set $words (call $matrix_words (local.get $receiver)))
  (call $as_bool (i32.and (call $is_translation (local.get $words)) (i32.and
    (f64.eq (call $float_at (local.get $words) (i32.const 2)) (f64.const 0))
    (f64.eq (call $float_at (local.get $words) (i32.const 5)) (f64.const 0))))))
