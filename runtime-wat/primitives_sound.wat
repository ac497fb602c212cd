;; SoundPlugin: output of 16-bit samples. Recording fails, as where there is no microphone.

(global $sound_channels (mut i32) (i32.const 2))

(func $primitive_SoundPlugin_primitiveSoundStart (param $receiver eqref) (param $frames eqref) (param $rate eqref)
    (param $stereo eqref) (param $depth i32) (result eqref)
  (return_call $primitive_SoundPlugin_primitiveSoundStartWithSemaphore (local.get $receiver) (local.get $frames)
    (local.get $rate) (local.get $stereo) (ref.i31 (i32.const 0)) (local.get $depth)))

;; bufferFrames rate: stereo: semaphoreIndex: which is signalled when there is room again
(func $primitive_SoundPlugin_primitiveSoundStartWithSemaphore (param $receiver eqref) (param $frames eqref)
    (param $rate eqref) (param $stereo eqref) (param $semaphore eqref) (param $depth i32) (result eqref)
  (if (i32.eqz (call $is_boolean (local.get $stereo))) (then (return_call $fail_with (i32.const 3))))
  (global.set $sound_channels (i32.add (i32.const 1) (ref.eq (local.get $stereo) (global.get $true))))
  (return_call $receiver_or_failed (local.get $receiver) (call $host_sound_start
    (call $small_or (local.get $frames) (i32.const 0)) (call $small_or (local.get $rate) (i32.const 0))
    (ref.eq (local.get $stereo) (global.get $true)) (call $small_or (local.get $semaphore) (i32.const 0)))))

(func $primitive_SoundPlugin_primitiveSoundStop (param $receiver eqref) (param $depth i32) (result eqref)
  (call $host_sound_stop)
  (local.get $receiver))

(func $primitive_SoundPlugin_primitiveSoundAvailableSpace (param $receiver eqref) (param $depth i32) (result eqref)
  (return_call $count_or_failed (call $host_sound_space)))

;; playSamples: frames from: buffer startingAt: frame. Answers how many frames were taken. Words hold two samples, the
;; first one in their lower half.
(func $primitive_SoundPlugin_primitiveSoundPlaySamples (param $receiver eqref) (param $count eqref) (param $buffer eqref)
    (param $start eqref) (param $depth i32) (result eqref)
  (local $words (ref $Words)) (local $from i32) (local $samples i32) (local $i i32)
  (local.set $from (i32.mul (global.get $sound_channels)
    (i32.sub (call $small_or (local.get $start) (i32.const 0)) (i32.const 1))))
  (local.set $samples (i32.mul (global.get $sound_channels) (call $small_or (local.get $count) (i32.const -1))))
  (block $other (result eqref)
    (local.set $words (struct.get $WordObject $words (br_on_cast_fail $other eqref (ref $WordObject) (local.get $buffer))))
    (if (i32.or (i32.lt_s (local.get $from) (i32.const 0)) (i32.or (i32.lt_s (local.get $samples) (i32.const 0))
          (i32.gt_u (i32.add (local.get $from) (local.get $samples)) (i32.shl (array.len (local.get $words)) (i32.const 1)))))
      (then (return_call $fail_with (i32.const 4))))
    (if (i32.gt_u (local.get $samples) (i32.const 32768)) (then (local.set $samples (i32.const 32768))))
    (loop $next
      (if (i32.lt_u (local.get $i) (local.get $samples))
        (then
          (i32.store16 (i32.shl (local.get $i) (i32.const 1))
            (i32.shr_u (array.get $Words (local.get $words) (i32.shr_u (local.get $from) (i32.const 1)))
              (i32.shl (i32.and (local.get $from) (i32.const 1)) (i32.const 4))))
          (local.set $from (i32.add (local.get $from) (i32.const 1)))
          (local.set $i (i32.add (local.get $i) (i32.const 1)))
          (br $next))))
    (return_call $count_or_failed (call $host_sound_play (i32.const 0) (i32.shl (local.get $samples) (i32.const 1)))))
  (drop)
  (return_call $fail_with (i32.const 3)))

;; Frames of silence that go into the free room.
(func $primitive_SoundPlugin_primitiveSoundPlaySilence (param $receiver eqref) (param $depth i32) (result eqref)
  (local $space i32)
  (local.set $space (call $host_sound_space))
  (if (i32.lt_s (local.get $space) (i32.const 0)) (then (return (global.get $failed))))
  (if (i32.gt_u (local.get $space) (i32.const 65536)) (then (local.set $space (i32.const 65536))))
  (memory.fill (i32.const 0) (i32.const 0) (local.get $space))
  (return_call $count_or_failed (call $host_sound_play (i32.const 0) (local.get $space))))

(func $primitive_SoundPlugin_primitiveSoundSetLeftVolume (param $receiver eqref) (param $left eqref) (param $right eqref)
    (param $depth i32) (result eqref)
  (block $other (result eqref)
    (call $host_sound_volume
      (struct.get $Float $value (br_on_cast_fail $other eqref (ref $Float) (local.get $left)))
      (struct.get $Float $value (br_on_cast_fail $other eqref (ref $Float) (local.get $right))))
    (return (local.get $receiver)))
  (drop)
  (return_call $fail_with (i32.const 3)))

;; No host records: there is nothing to stop.
(func $primitive_SoundPlugin_primitiveSoundStopRecording (param $receiver eqref) (param $depth i32) (result eqref)
  (local.get $receiver))
