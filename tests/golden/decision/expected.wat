(func $LinkedList>>addFirst: (type $Code1) (param $self eqref) (param $t0 eqref) (param $selector i32) (param $depth i32) (result eqref)
  (local $x i32) (local $c i32) (local $position i32) (local $r eqref) (local $me (ref null $Fixed2))
  (local $s0 eqref) (local $s1 eqref)
  (local $i1.s0 eqref)
  (local $i1.s1 eqref)
  (local.set $me (ref.cast (ref $Fixed2) (local.get $self)))
  block $unwound (result i32)
    (global.set $countdown (local.tee $x (i32.sub (global.get $countdown) (i32.const 1))))
    (if (i32.or (i32.gt_u (local.get $depth) (global.get $depth_limit)) (i32.lt_s (local.get $x) (i32.const 0)))
      (then (if (call $check_entry (local.get $depth)) (then (br $unwound (i32.const 1))))))
    ;; 25 self
    ;; 26 send: isEmpty
    block $truth
      block $sent
        block $other
          (br_if $other (i32.ne (struct.get $Object $classIndex (local.get $me)) (i32.load offset=65536 (i32.const 0))))
          block $i1.leave (result eqref)
            ;; inlined: LinkedList>>isEmpty
              ;; 13 pushRcvr: 0
              (local.set $i1.s0 (struct.get $Fixed2 $slot0 (local.get $me)))
              ;; 14 pushConstant: nil
              ;; 15 send: ==
              ;; 16 returnTop
              (local.set $c (ref.eq (local.get $i1.s0) (ref.null eq)))
              br $truth
              unreachable
          end
          ;; end of LinkedList>>isEmpty
          local.set $s0
          br $sent
        end
        (local.set $s0 (call $send_predicted_0 (local.get $self) (i32.const 32) (i32.add (local.get $depth) (i32.const 21)) (i32.const 883) (i32.const 65536)))
        (drop (br_if $unwound (i32.const 513) (ref.eq (local.get $s0) (global.get $unwind))))
      end
      ;; 27 jumpFalse: 30
      (if (i32.eqz (local.tee $c (ref.eq (local.get $s0) (global.get $true)))) (then
        (drop (br_if $unwound (i32.const 514) (i32.eqz (ref.eq (local.get $s0) (global.get $false)))))
      ))
    end
    local.get $c
    if
      ;; 28 pushTemp: 0
      ;; 29 popIntoRcvr: 1
      (struct.set $Fixed2 $slot1 (local.get $me) (local.get $t0))
    else
    end
    ;; 30 pushTemp: 0
    ;; 31 pushRcvr: 0
    (local.set $s1 (struct.get $Fixed2 $slot0 (local.get $me)))
    ;; 32 send: nextLink:
    (local.get $t0) (local.get $s1) (i32.const 33) (i32.add (local.get $depth) (i32.const 21))
    (call $lookup_1 (local.get $t0) (i32.const 33)) call_ref $Code1
    local.set $s0
    (drop (br_if $unwound (i32.const 2049) (ref.eq (local.get $s0) (global.get $unwind))))
    ;; 33 pop
    ;; 34 pushTemp: 0
    ;; 35 popIntoRcvr: 0
    (struct.set $Fixed2 $slot0 (local.get $me) (local.get $t0))
    ;; 36 pushTemp: 0
    ;; 37 returnTop
    (local.get $t0) return
    unreachable
  end
  local.set $position
  (if (i32.eq (global.get $unwind_reason) (i32.const 2)) (then
    (return (global.get $unwind))
  ))
  (return (call $capture_frame (ref.null $FrameToken) (i32.const 729) (local.get $self) (local.get $position) (array.new_fixed $Slots 3 (local.get $t0) (local.get $s0) (local.get $s1))))
)
