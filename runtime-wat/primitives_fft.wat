;; FFTPlugin: the fast Fourier transform in place. The receiver's slots: log 2 of the size, size, a quarter wave of the
;; sine (size / 4 + 1 floats), the permutation (pairs of 1-based indices), real and imaginary parts. All arithmetic is
;; in 32 bits.

(global $fft_levels (mut i32) (i32.const 0))
(global $fft_size (mut i32) (i32.const 0))
(global $fft_sines (mut (ref $Words)) (global.get $no_words))
(global $fft_permutation (mut (ref $Words)) (global.get $no_words))
(global $fft_real (mut (ref $Words)) (global.get $no_words))
(global $fft_imaginary (mut (ref $Words)) (global.get $no_words))

(func $load_fft (param $fft eqref) (result i32)
  (drop (block $failed (result eqref)
    (if (i32.lt_u (call $slot_count (local.get $fft)) (i32.const 6)) (then (return (i32.const 0))))
    (global.set $fft_levels (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $fft) (i32.const 0)))))
    (global.set $fft_size (i31.get_s (br_on_cast_fail $failed eqref (ref i31)
          (call $slot_get (local.get $fft) (i32.const 1)))))
    (global.set $fft_sines (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $fft) (i32.const 2)))))
    (global.set $fft_permutation (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $fft) (i32.const 3)))))
    (global.set $fft_real (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $fft) (i32.const 4)))))
    (global.set $fft_imaginary (struct.get $WordObject $words (br_on_cast_fail $failed eqref (ref $WordObject)
          (call $slot_get (local.get $fft) (i32.const 5)))))
    (return (i32.and
      (i32.and (i32.lt_u (global.get $fft_levels) (i32.const 30))
        (i32.eq (i32.shl (i32.const 1) (global.get $fft_levels)) (global.get $fft_size)))
      (i32.and
        (i32.and (call $fft_permutation_fits)
          (i32.eq (array.len (global.get $fft_sines))
            (i32.add (i32.shr_u (global.get $fft_size) (i32.const 2)) (i32.const 1))))
        (i32.and (i32.eq (array.len (global.get $fft_real)) (global.get $fft_size))
          (i32.eq (array.len (global.get $fft_imaginary)) (global.get $fft_size))))))))
  (i32.const 0))

;; Pairs, all within the data.
(func $fft_permutation_fits (result i32)
  (local $index i32)
  (if (i32.and (array.len (global.get $fft_permutation)) (i32.const 1)) (then (return (i32.const 0))))
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (global.get $fft_permutation))))
      (if (i32.ge_u (i32.sub (array.get $Words (global.get $fft_permutation) (local.get $index)) (i32.const 1))
            (global.get $fft_size))
        (then (return (i32.const 0))))
      (local.set $index (i32.add (local.get $index) (i32.const 1)))
      (br $next)))
  (i32.const 1))

(func $exchange_words (param $words (ref $Words)) (param $a i32) (param $b i32)
  (local $word i32)
  (local.set $word (array.get $Words (local.get $words) (local.get $a)))
  (array.set $Words (local.get $words) (local.get $a) (array.get $Words (local.get $words) (local.get $b)))
  (array.set $Words (local.get $words) (local.get $b) (local.get $word)))

(func $fft_permute
  (local $index i32) (local $a i32) (local $b i32)
  (block $done
    (loop $next
      (br_if $done (i32.ge_u (local.get $index) (array.len (global.get $fft_permutation))))
      (local.set $a (i32.sub (array.get $Words (global.get $fft_permutation) (local.get $index)) (i32.const 1)))
      (local.set $b (i32.sub
          (array.get $Words (global.get $fft_permutation) (i32.add (local.get $index) (i32.const 1))) (i32.const 1)))
      (call $exchange_words (global.get $fft_real) (local.get $a) (local.get $b))
      (call $exchange_words (global.get $fft_imaginary) (local.get $a) (local.get $b))
      (local.set $index (i32.add (local.get $index) (i32.const 2)))
      (br $next))))

(func $fft_get (param $words (ref $Words)) (param $index i32) (result f32)
  (f32.reinterpret_i32 (array.get $Words (local.get $words) (local.get $index))))

(func $fft_put (param $words (ref $Words)) (param $index i32) (param $value f32)
  (array.set $Words (local.get $words) (local.get $index) (i32.reinterpret_f32 (local.get $value))))

;; The inverse divides by the size.
(func $fft_scale
  (local $index i32) (local $factor f32)
  (if (i32.le_u (global.get $fft_size) (i32.const 1)) (then (return)))
  (local.set $factor (f32.demote_f64 (f64.div (f64.const 1) (f64.convert_i32_u (global.get $fft_size)))))
  (loop $next
    (call $fft_put (global.get $fft_real) (local.get $index)
      (f32.mul (call $fft_get (global.get $fft_real) (local.get $index)) (local.get $factor)))
    (call $fft_put (global.get $fft_imaginary) (local.get $index)
      (f32.mul (call $fft_get (global.get $fft_imaginary) (local.get $index)) (local.get $factor)))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1))) (global.get $fft_size)))))

;; Combines elements that are half a step apart, from start on in whole steps, with the factor real + i * imaginary.
(func $fft_butterflies (param $start i32) (param $step i32) (param $real f32) (param $imaginary f32)
  (local $other i32) (local $x f32) (local $y f32)
  (loop $next
    (local.set $other (i32.add (local.get $start) (i32.shr_u (local.get $step) (i32.const 1))))
    (local.set $x (f32.sub
        (f32.mul (call $fft_get (global.get $fft_real) (local.get $other)) (local.get $real))
        (f32.mul (call $fft_get (global.get $fft_imaginary) (local.get $other)) (local.get $imaginary))))
    (local.set $y (f32.add
        (f32.mul (call $fft_get (global.get $fft_real) (local.get $other)) (local.get $imaginary))
        (f32.mul (call $fft_get (global.get $fft_imaginary) (local.get $other)) (local.get $real))))
    (call $fft_put (global.get $fft_real) (local.get $other)
      (f32.sub (call $fft_get (global.get $fft_real) (local.get $start)) (local.get $x)))
    (call $fft_put (global.get $fft_imaginary) (local.get $other)
      (f32.sub (call $fft_get (global.get $fft_imaginary) (local.get $start)) (local.get $y)))
    (call $fft_put (global.get $fft_real) (local.get $start)
      (f32.add (call $fft_get (global.get $fft_real) (local.get $start)) (local.get $x)))
    (call $fft_put (global.get $fft_imaginary) (local.get $start)
      (f32.add (call $fft_get (global.get $fft_imaginary) (local.get $start)) (local.get $y)))
    (br_if $next (i32.lt_u
      (local.tee $start (i32.add (local.get $start) (local.get $step))) (global.get $fft_size)))))

;; The sine at angle / size of a whole circle, up to half a circle, out of the quarter wave.
(func $fft_sine (param $angle i32) (result f32)
  (if (i32.ge_u (local.get $angle) (array.len (global.get $fft_sines)))
    (then (local.set $angle (i32.sub (i32.shr_u (global.get $fft_size) (i32.const 1)) (local.get $angle)))))
  (call $fft_get (global.get $fft_sines) (local.get $angle)))

(func $fft_cosine (param $angle i32) (result f32)
  (local $quarter i32)
  (local.set $quarter (i32.shr_u (global.get $fft_size) (i32.const 2)))
  (if (i32.lt_u (local.get $angle) (local.get $quarter))
    (then (return (call $fft_get (global.get $fft_sines) (i32.sub (local.get $quarter) (local.get $angle))))))
  (f32.sub (f32.const 0) (call $fft_get (global.get $fft_sines) (i32.sub (local.get $angle) (local.get $quarter)))))

(func $fft_level (param $step i32) (param $sign f32)
  (local $index i32) (local $angle i32)
  (loop $next
    (local.set $angle (i32.mul (local.get $index) (i32.div_u (global.get $fft_size) (local.get $step))))
    (call $fft_butterflies (local.get $index) (local.get $step)
      (call $fft_cosine (local.get $angle))
      (f32.mul (local.get $sign) (call $fft_sine (local.get $angle))))
    (br_if $next (i32.lt_u (local.tee $index (i32.add (local.get $index) (i32.const 1)))
        (i32.shr_u (local.get $step) (i32.const 1))))))

;; forward: true; the inverse transform scales too.
(func $primitive_FFTPlugin_primitiveFFTTransformData
  (param $receiver eqref) (param $forward eqref) (param $depth i32) (result eqref)
  (local $step i32) (local $inverse i32)
  (if (i32.eqz (i32.and (call $is_boolean (local.get $forward)) (call $load_fft (local.get $receiver))))
    (then (return (global.get $failed))))
  ;; Below four elements there is no quarter wave.
  (if (i32.lt_u (global.get $fft_size) (i32.const 4)) (then (return (global.get $failed))))
  (local.set $inverse (ref.eq (local.get $forward) (global.get $false)))
  (call $fft_permute)
  (local.set $step (i32.const 2))
  (loop $next
    (call $fft_level (local.get $step) (select (f32.const -1) (f32.const 1) (local.get $inverse)))
    (br_if $next (i32.le_u (local.tee $step (i32.shl (local.get $step) (i32.const 1))) (global.get $fft_size))))
  (if (local.get $inverse) (then (call $fft_scale)))
  (local.get $receiver))

(func $primitive_FFTPlugin_primitiveFFTPermuteData (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $load_fft (local.get $receiver))) (then (return (global.get $failed))))
  (call $fft_permute)
  (local.get $receiver))

(func $primitive_FFTPlugin_primitiveFFTScaleData (param $receiver eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $load_fft (local.get $receiver))) (then (return (global.get $failed))))
  (call $fft_scale)
  (local.get $receiver))
