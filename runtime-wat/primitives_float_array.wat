;; FloatArrayPlugin: arrays of 32-bit floats in word objects. Elements are widened, combined in 64 bits and rounded
;; again.

(func $float_at (param $words (ref $Words)) (param $index i32) (result f64)
  (f64.promote_f32 (f32.reinterpret_i32 (array.get $Words (local.get $words) (local.get $index)))))

(func $float_put (param $words (ref $Words)) (param $index i32) (param $value f64)
  (array.set $Words (local.get $words) (local.get $index) (i32.reinterpret_f32 (f32.demote_f64 (local.get $value)))))

(func $primitive_FloatArrayPlugin_primitiveAt (param $receiver eqref) (param $index eqref) (param $depth i32)
  (result eqref)
  (local $words (ref $Words)) (local $at i32)
  (drop (block $failed (result eqref)
    (local.set $words (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $receiver))))
    (local.set $at (i32.sub (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $index))) (i32.const 1)))
    (if (i32.lt_u (local.get $at) (array.len (local.get $words)))
      (then (return (call $new_float (call $float_at (local.get $words) (local.get $at))))))
    (ref.null eq)))
  (global.get $failed))

(func $primitive_FloatArrayPlugin_primitiveAtPut (param $receiver eqref) (param $index eqref)
  (param $value eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $at i32)
  (drop (block $failed (result eqref)
    (local.set $words (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $receiver))))
    (local.set $at (i32.sub (i31.get_s (br_on_cast_fail $failed eqref (ref i31) (local.get $index))) (i32.const 1)))
    (if (i32.or (i32.ge_u (local.get $at) (array.len (local.get $words))) (i32.or
          (i32.eqz (call $are_reals (local.get $value) (local.get $value))) (call $is_immutable (local.get $receiver))))
      (then (return (global.get $failed))))
    (call $float_put (local.get $words) (local.get $at) (call $real (local.get $value)))
    (return (local.get $value))))
  (global.get $failed))

;; The words of two FloatArrays of the same size, in $float_receiver and $float_argument.
(global $float_receiver (mut (ref $Words)) (global.get $no_words))
(global $float_argument (mut (ref $Words)) (global.get $no_words))

(func $load_float_arrays (param $receiver eqref) (param $argument eqref) (result i32)
  (drop (block $failed (result eqref)
    (global.set $float_receiver (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $receiver))))
    (global.set $float_argument (struct.get $WordObject $words
        (br_on_cast_fail $failed eqref (ref $WordObject) (local.get $argument))))
    (return (i32.eq (array.len (global.get $float_receiver)) (array.len (global.get $float_argument))))))
  (i32.const 0))

(func $load_float_array (param $receiver eqref) (result i32)
  (call $load_float_arrays (local.get $receiver) (local.get $receiver)))

(func $primitive_FloatArrayPlugin_primitiveAddFloatArray (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $other (ref $Words)) (local $index i32)
  (if (i32.or (i32.eqz (call $load_float_arrays (local.get $receiver) (local.get $argument)))
        (call $is_immutable (local.get $receiver)))
    (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (local.set $other (global.get $float_argument))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.add
        (call $float_at (local.get $words) (local.get $index)) (call $float_at (local.get $other) (local.get $index))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

(func $primitive_FloatArrayPlugin_primitiveSubFloatArray (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $other (ref $Words)) (local $index i32)
  (if (i32.or (i32.eqz (call $load_float_arrays (local.get $receiver) (local.get $argument)))
        (call $is_immutable (local.get $receiver)))
    (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (local.set $other (global.get $float_argument))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.sub
        (call $float_at (local.get $words) (local.get $index)) (call $float_at (local.get $other) (local.get $index))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

(func $primitive_FloatArrayPlugin_primitiveMulFloatArray (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $other (ref $Words)) (local $index i32)
  (if (i32.or (i32.eqz (call $load_float_arrays (local.get $receiver) (local.get $argument)))
        (call $is_immutable (local.get $receiver)))
    (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (local.set $other (global.get $float_argument))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.mul
        (call $float_at (local.get $words) (local.get $index)) (call $float_at (local.get $other) (local.get $index))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

(func $has_zero (param $words (ref $Words)) (result i32)
  (local $index i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (if (f64.eq (call $float_at (local.get $words) (local.get $index)) (f64.const 0)) (then (return (i32.const 1))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (i32.const 0))

(func $primitive_FloatArrayPlugin_primitiveDivFloatArray (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $other (ref $Words)) (local $index i32)
  (if (i32.or (i32.eqz (call $load_float_arrays (local.get $receiver) (local.get $argument)))
        (call $is_immutable (local.get $receiver)))
    (then (return (global.get $failed))))
  (if (call $has_zero (global.get $float_argument)) (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (local.set $other (global.get $float_argument))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.div
        (call $float_at (local.get $words) (local.get $index)) (call $float_at (local.get $other) (local.get $index))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

;; --- scalars: Floats only, and the receiver changes ---

(func $has_scalar (param $receiver eqref) (param $scalar eqref) (result i32)
  (i32.and
    (i32.and (call $load_float_array (local.get $receiver)) (i32.eqz (call $is_immutable (local.get $receiver))))
    (ref.test (ref $Float) (local.get $scalar))))

(func $primitive_FloatArrayPlugin_primitiveAddScalar (param $receiver eqref) (param $scalar eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $value f64) (local $index i32)
  (if (i32.eqz (call $has_scalar (local.get $receiver) (local.get $scalar))) (then (return (global.get $failed))))
  (local.set $value (call $real (local.get $scalar)))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.add
        (call $float_at (local.get $words) (local.get $index)) (local.get $value)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

(func $primitive_FloatArrayPlugin_primitiveSubScalar (param $receiver eqref) (param $scalar eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $value f64) (local $index i32)
  (if (i32.eqz (call $has_scalar (local.get $receiver) (local.get $scalar))) (then (return (global.get $failed))))
  (local.set $value (call $real (local.get $scalar)))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.sub
        (call $float_at (local.get $words) (local.get $index)) (local.get $value)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

(func $primitive_FloatArrayPlugin_primitiveMulScalar (param $receiver eqref) (param $scalar eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $value f64) (local $index i32)
  (if (i32.eqz (call $has_scalar (local.get $receiver) (local.get $scalar))) (then (return (global.get $failed))))
  (local.set $value (call $real (local.get $scalar)))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.mul
        (call $float_at (local.get $words) (local.get $index)) (local.get $value)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

;; Multiplies by the reciprocal, as other virtual machines do.
(func $primitive_FloatArrayPlugin_primitiveDivScalar (param $receiver eqref) (param $scalar eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $value f64) (local $index i32)
  (if (i32.eqz (call $has_scalar (local.get $receiver) (local.get $scalar))) (then (return (global.get $failed))))
  (local.set $value (f64.div (f64.const 1) (call $real (local.get $scalar))))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.mul
        (call $float_at (local.get $words) (local.get $index)) (local.get $value)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

;; --- reductions ---

;; The sum of the products of corresponding elements.
(func $dot_product (param $words (ref $Words)) (param $other (ref $Words)) (result f64)
  (local $index i32) (local $sum f64)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (local.set $sum (f64.add (local.get $sum) (f64.mul
        (call $float_at (local.get $words) (local.get $index)) (call $float_at (local.get $other) (local.get $index)))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $sum))

(func $primitive_FloatArrayPlugin_primitiveDotProduct (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (if (i32.eqz (call $load_float_arrays (local.get $receiver) (local.get $argument)))
    (then (return (global.get $failed))))
  (call $new_float (call $dot_product (global.get $float_receiver) (global.get $float_argument))))

;; The square root of the sum of squares, if that is positive.
(func $primitive_FloatArrayPlugin_primitiveLength (param $receiver eqref) (param $depth i32) (result eqref)
  (local $square f64)
  (if (i32.eqz (call $load_float_array (local.get $receiver))) (then (return (global.get $failed))))
  (local.set $square (call $dot_product (global.get $float_receiver) (global.get $float_receiver)))
  (if (i32.eqz (f64.gt (local.get $square) (f64.const 0))) (then (return (global.get $failed))))
  (call $new_float (f64.sqrt (local.get $square))))

(func $primitive_FloatArrayPlugin_primitiveNormalize (param $receiver eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $length f64) (local $index i32)
  (if (i32.or (i32.eqz (call $load_float_array (local.get $receiver))) (call $is_immutable (local.get $receiver)))
    (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (local.set $length (call $dot_product (local.get $words) (local.get $words)))
  (if (i32.eqz (f64.gt (local.get $length) (f64.const 0))) (then (return (global.get $failed))))
  (local.set $length (f64.sqrt (local.get $length)))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (call $float_put (local.get $words) (local.get $index) (f64.div
        (call $float_at (local.get $words) (local.get $index)) (local.get $length)))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (local.get $receiver))

(func $primitive_FloatArrayPlugin_primitiveSum (param $receiver eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $sum f64) (local $index i32)
  (if (i32.eqz (call $load_float_array (local.get $receiver))) (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (local.set $sum (f64.add (local.get $sum) (call $float_at (local.get $words) (local.get $index))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (call $new_float (local.get $sum)))

(func $primitive_FloatArrayPlugin_primitiveEqual (param $receiver eqref) (param $argument eqref)
  (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $index i32)
  (if (i32.eqz (i32.and (ref.test (ref $WordObject) (local.get $receiver))
        (ref.test (ref $WordObject) (local.get $argument))))
    (then (return (global.get $failed))))
  (if (i32.eqz (call $load_float_arrays (local.get $receiver) (local.get $argument)))
    (then (return (global.get $false))))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (if (f64.ne (call $float_at (local.get $words) (local.get $index))
          (call $float_at (global.get $float_argument) (local.get $index)))
        (then (return (global.get $false))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (global.get $true))

;; The sum of the elements' bits.
(func $primitive_FloatArrayPlugin_primitiveHashArray (param $receiver eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $sum i32) (local $index i32)
  (if (i32.eqz (call $load_float_array (local.get $receiver))) (then (return (global.get $failed))))
  (local.set $words (global.get $float_receiver))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (local.get $words))))
      (local.set $sum (i32.add (local.get $sum) (array.get $Words (local.get $words) (local.get $index))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (ref.i31 (i32.and (local.get $sum) (i32.const 0x1FFFFFFF))))
